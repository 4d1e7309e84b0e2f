// Small helps for staff pages. Every page works without them.
import './copy.js';
import './live.js';
import './marks.js';
import './minutes.js';
import './more.js';
import './preview.js';
import './print.js';
import './suggest.js';
import './ticks.js';
import './upload.js';
import './whatsapp-queue.js';
