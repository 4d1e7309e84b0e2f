/** Buttons that copy: `data-copy` holds the text, `data-copied` the word that confirms it. */
document.addEventListener('click', async (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>('[data-copy]');
  if (!button?.dataset.copy) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const label = button.querySelector<HTMLElement>('[data-copy-label]') ?? button;
  const before = label.textContent;
  label.textContent = button.dataset.copied ?? before;
  setTimeout(() => (label.textContent = before), 2000);
});
