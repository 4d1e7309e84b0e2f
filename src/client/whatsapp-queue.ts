/**
 * The WhatsApp queue: after the message was opened the focus waits on the button that comes next, so that Enter or a
 * thumb without looking goes on. `data-then` is its id.
 */
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLElement>('[data-then]');
  const next = link?.dataset.then && document.getElementById(link.dataset.then);
  if (next) window.setTimeout(() => next.focus(), 0);
});
