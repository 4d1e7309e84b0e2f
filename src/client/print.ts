/** Print buttons show themselves only where a script can print; Ctrl+P does the same without. */
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
