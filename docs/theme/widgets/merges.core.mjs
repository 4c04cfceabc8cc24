// Byte-pair encoding of a few words, merge by merge, as dlbook.vocabulary.bpe learns it.

/** The texts to learn from. */
export const TEXTS = {
  bananas: "ban ban ban banana banana band",
  slower: "low low low lower lower lowest slow slow slower",
  shells: "she sells sea shells on the sea shore the shells she sells",
};

/** The different words as bytes, each with how often it stands there: [ids, count]. */
export const counted = (text) => {
  const counts = new Map();
  for (const word of text.split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => [[...word].map((letter) => letter.charCodeAt(0)), count]);
};

/** How often each pair of neighbours stands in all words, the most frequent first: [a, b, count]; of equals, the smaller ids. */
export const pairs = (words) => {
  const found = new Map();
  for (const [ids, count] of words)
    for (let i = 0; i + 1 < ids.length; i++) {
      const key = `${ids[i]} ${ids[i + 1]}`;
      found.set(key, (found.get(key) ?? 0) + count);
    }
  const all = [...found].map(([key, count]) => [...key.split(" ").map(Number), count]);
  return all.sort((one, other) => other[2] - one[2] || one[0] - other[0] || one[1] - other[1]);
};

/** Put `made` wherever a and b stand side by side, from left to right. */
export const merge = (ids, a, b, made) => {
  const merged = [];
  for (let i = 0; i < ids.length; i++) {
    const here = ids[i] === a && ids[i + 1] === b;
    merged.push(here ? made : ids[i]);
    if (here) i++;
  }
  return merged;
};

/** The words and the merges after so many of them; fewer, once no pair stands there twice. */
export const learn = (text, merges) => {
  let words = counted(text);
  const made = [];
  while (made.length < merges) {
    const [best] = pairs(words);
    if (!best || best[2] < 2) break;
    const [a, b] = best;
    words = words.map(([ids, count]) => [merge(ids, a, b, 256 + made.length), count]);
    made.push([a, b]);
  }
  return { words, made };
};

/** What of the tasks is fulfilled after so many merges: the first with at most two tokens for five letters, a whole long word as one token. */
export const done = (text, merges) => {
  const tokens = (count) => learn(text, count).words.reduce((sum, [ids, often]) => sum + ids.length * often, 0);
  const { made } = learn(text, merges);
  const few = 0.4 * tokens(0);
  const found = {
    fifths: tokens(merges) <= few && tokens(merges - 1) > few,
    word: made.some((_, at) => text.split(" ").includes(piece(256 + at, made)) && piece(256 + at, made).length > 4),
  };
  return Object.keys(found).filter((task) => found[task]);
};

/** What a token stands for. */
export const piece = (id, made) => (id < 256 ? String.fromCharCode(id) : made[id - 256].map((part) => piece(part, made)).join(""));
