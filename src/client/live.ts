/** Parts of a page that keep themselves fresh: `data-live` names where the part is read from. */
const seconds = 5;

for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) {
  const address = part.dataset.live ?? '';
  setInterval(async () => {
    if (document.hidden) return;
    const response = await fetch(address, { headers: { Accept: 'text/html' } }).catch(() => undefined);
    // A failed round (weak network, signed out) leaves what stands there; the next one tries again.
    if (response?.ok && !response.redirected) part.innerHTML = await response.text();
  }, seconds * 1000);
}
