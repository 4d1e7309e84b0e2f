import { expect, test } from '@jest/globals';
import { isPerson } from '../../src/web/visits.js';

const asks = (userAgent: string) => isPerson({ method: 'GET', prefetch: false, userAgent });

const android = 'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko)';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

test.each([
  ['Chrome on a phone', `${android} Chrome/126.0.0.0 Mobile Safari/537.36`],
  [
    'a phone of the brand Cubot',
    `${android.replace('SM-A135F', 'CUBOT X30')} Chrome/96.0 Mobile Safari/537.36`,
  ],
  ['Safari on an iPhone', `${iphone} Version/17.5 Mobile/15E148 Safari/604.1`],
  ['the browser inside Facebook', `${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/460.0.0.38;FBBV/599;FBLC/id_ID]`],
  ['the browser inside Instagram', `${iphone} Mobile/15E148 Instagram 330.0.3.29.109`],
  [
    'the browser inside Telegram',
    `${android} Chrome/126.0 Mobile Safari/537.36 Telegram-Android/11.3.3 (Samsung SM-A135F; Android 13; SDK 33; AVERAGE)`,
  ],
  ['the Google app', `${iphone} GSA/320.0.6 Mobile/15E148 Safari/604.1`],
  ['LINE', `${android} Version/4.0 Chrome/126.0 Mobile Safari/537.36 Line/14.9.1/IAB`],
  [
    'Opera Mini on an old phone',
    'Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS)/191.287; U; id) Presto/2.12',
  ],
  ['UC Browser', 'UCWEB/2.0 (MIDP-2.0; U; Adr 4.4.4; id; SM-G313HZ) U2/1.0.0 UCBrowser/10.7 U2/1.0.0 Mobile'],
  ['a feature phone', 'Nokia5130c-2/2.0 (07.97) Profile/MIDP-2.1 Configuration/CLDC-1.1'],
  ['Samsung Internet', `${android} SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36`],
  ['Outlook on a phone, which opens its own browser', `${iphone} Mobile/15E148 Outlook-iOS/709.2226530`],
  [
    'Firefox on a computer',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0',
  ],
])('%s is a person', (_who, userAgent) => {
  expect(asks(userAgent)).toBe(true);
});

test.each([
  ['WhatsApp on Android', 'WhatsApp/2.24.13.77 A'],
  ['WhatsApp on an iPhone', 'WhatsApp/2.24.12.80 i'],
  ['WhatsApp Web', 'WhatsApp/2.2424.6 W'],
  ['Signal', 'WhatsApp/2'],
  ['Facebook', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
  ['Facebook’s second one', 'Facebot'],
  ['Meta', 'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)'],
  ['Meta, for a user', 'meta-externalfetcher/1.1'],
  [
    'iMessage',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  ],
  ['Telegram', 'TelegramBot (like TwitterBot)'],
  ['Twitter', 'Twitterbot/1.0'],
  ['LinkedIn', 'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)'],
  ['Discord', 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)'],
  ['Slack', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
  ['Slack’s pictures', 'Slack-ImgProxy (+https://api.slack.com/robots)'],
  ['LINE', 'facebookexternalhit/1.1;line-poker/1.0'],
  ['Viber', 'Viber/23.1.0.0 CFNetwork/1496.0.7 Darwin/23.5.0'],
  [
    'Skype and Teams',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com',
  ],
  ['Bing', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
  [
    'Bing’s preview',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b',
  ],
  ['Google', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ['Google on a phone', `${android} Chrome/126.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1)`],
  ['Google’s ads', 'AdsBot-Google (+http://www.google.com/adsbot.html)'],
  [
    'Google’s reader',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/110.0 Safari/537.36 (compatible; Google-Read-Aloud)',
  ],
  [
    'Gmail’s pictures',
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  ],
  ['Google, otherwise', 'GoogleOther'],
  ['Outlook, which looks at links', 'Mozilla/4.0 (compatible; ms-office; MSOffice 16)'],
  ['Office, which looks whether a link exists', 'Microsoft Office Existence Discovery'],
  ['Outlook Safe Links', 'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0) SafeLinks'],
  ['Barracuda', 'Barracuda Sentinel (EE)'],
  ['Mimecast', 'Mozilla/5.0 (compatible; Mimecast URL Protect)'],
  ['a virus scanner', 'Mozilla/5.0 (compatible; LinkScanner/1.0)'],
  ['a library of Android', 'Dalvik/2.1.0 (Linux; U; Android 13; SM-A135F Build/TP1A)'],
  ['another one', 'okhttp/4.12.0'],
  ['an app of iOS', 'Mail/3774 CFNetwork/1496.0.7 Darwin/23.5.0'],
  ['curl', 'curl/8.5.0'],
  ['wget', 'Wget/1.21'],
  ['Python', 'python-requests/2.31.0'],
  ['Go', 'Go-http-client/2.0'],
  ['Java', 'Java/17.0.9'],
  ['Node', 'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)'],
  [
    'a browser that nobody sits before',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/126.0 Safari/537.36',
  ],
  ['whoever says nothing', ''],
])('%s is no person', (_who, userAgent) => {
  expect(asks(userAgent)).toBe(false);
});

test('a HEAD, and what is fetched before anybody looks, is no person', () => {
  const userAgent = `${android} Chrome/126.0.0.0 Mobile Safari/537.36`;
  expect(isPerson({ method: 'HEAD', prefetch: false, userAgent })).toBe(false);
  expect(isPerson({ method: 'GET', prefetch: true, userAgent })).toBe(false);
});
