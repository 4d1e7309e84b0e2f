/** A list to tick (`data-ticks`: how many are ticked on other pages) says at once how many are. */
const form = document.querySelector<HTMLFormElement>('form[data-ticks]');
const told = form?.querySelector<HTMLElement>('[data-ticks-count]');

if (form && told) {
  const count = () => {
    const here = form.querySelectorAll('input[name=institutions]:checked').length;
    told.textContent = (Number(form.dataset.ticks) + here).toLocaleString(document.documentElement.lang);
  };
  form.addEventListener('change', count);
  // Whoever comes back finds the boxes as they left them, and not as the page has them.
  window.addEventListener('pageshow', count);
}
