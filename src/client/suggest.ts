/** Fields that suggest while one types: `data-suggest` names where the words for their list come from. */
const pauseMs = 200;

for (const input of document.querySelectorAll<HTMLInputElement>('input[data-suggest][list]')) {
  let timer = 0;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void suggest(input), pauseMs);
  });
}

async function suggest(input: HTMLInputElement): Promise<void> {
  const typed = input.value;
  const address = `${input.dataset.suggest ?? ''}?${new URLSearchParams({ q: typed }).toString()}`;
  const response = await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => undefined);
  // Typed on meanwhile, or signed out: the words would be for something else, or none at all.
  if (!response?.ok || response.redirected || input.value !== typed) return;
  const words = (await response.json()) as string[];
  const options = words.map((word) => Object.assign(document.createElement('option'), { value: word }));
  input.list?.replaceChildren(...options);
}
