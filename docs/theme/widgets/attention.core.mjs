// Attention over a few words, as dlbook.attention does it.

// Words as rows of numbers, and the matrices of each head. "three" is the example that the chapter works by hand.
export const TEXTS = {
  three: {
    x: [[1, 0, 1], [0, 1, 0], [0, 0, 1]], // alive, action, thing: cat, drinks, milk
    heads: [
      { q: [[-2, 0, 2, 0], [1, 0, 1, 0], [0, 1, 0, 1]], k: [[2, 0, 0, 0], [0, 1, 0, 1], [0, 0, 2, 0]] },
      { q: [[0, 2, 0, 0], [0, 0, 0, 2], [0, 2, 0, 0]], k: [[0, 0, 0, 2], [0, 2, 0, 0], [0, 0, 0, 1]] },
    ],
    v: [[4, 0], [2, 0], [0, 4]],
  },
  six: {
    // alive, action, thing, pronoun, link, state: cat, drinks, milk, because, it, thirsts
    x: [[1, 0, 1, 0, 0, 0], [0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 1]],
    heads: [
      // whom is it about? An action looks for who acts, a pronoun for something alive, a state for the pronoun
      { q: [[1, 0, 0, 0], [3, 0, 0, 0], [0, 0, 1, 0], [4, 0, 1, 0], [0, 2, 0, 0], [0, 0, 0, 4]],
        k: [[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 1, 0], [0, 0, 0, 2], [0, 0, 0, 0], [0, 0, 0, 0]] },
      // what happens? An action looks for a thing, a thing for an action, "because" for action and state
      { q: [[0, 1, 0, 0], [0, 0, 4, 0], [0, 3, 0, 0], [0, 0, 0, 4], [0, 3, 0, 3], [0, 2, 0, 0]],
        k: [[0, 0, -1, 0], [0, 2, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 2]] },
    ],
    v: [[4, 0], [2, 0], [0, 4], [0, 0], [1, 0], [3, 1]],
  },
};

/** The product of two matrices. */
export const product = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((sum, value, l) => sum + value * b[l][j], 0)));

/** Numbers that look random and are the same everywhere: mulberry32, two at a time made normal (Box and Muller). */
export const normals = (seed, count) => {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  const found = [];
  while (found.length < count) {
    const [radius, angle] = [Math.sqrt(-2 * Math.log(uniform())), 2 * Math.PI * uniform()];
    found.push(radius * Math.cos(angle), radius * Math.sin(angle));
  }
  return found.slice(0, count);
};

/** Queries, keys and values of one head: of a text, or random ones with entries of variance 1. */
export const projected = (text, head, width = 4, words = 6) => {
  if (text !== "random") {
    const { x, heads, v } = TEXTS[text];
    return { q: product(x, heads[head].q), k: product(x, heads[head].k), v: product(x, v) };
  }
  const cut = (seed, columns) => {
    const all = normals(seed, words * columns);
    return Array.from({ length: words }, (_, i) => all.slice(i * columns, (i + 1) * columns));
  };
  return { q: cut(2 * head + 1, width), k: cut(2 * head + 2, width), v: cut(99, 2) };
};

const MANY = 8; // words that a reader may write

/** The words of a line: between its spaces, or, of Chinese without any, its signs; null if they are too many. */
export const cut = (line) => {
  const words = line.trim().split(/\s+/).filter(Boolean);
  const all = words.length === 1 && /[\u3400-\u9fff]/.test(words[0]) ? [...words[0]] : words;
  return all.length >= 2 && all.length <= MANY && line.length <= 60 ? all : null;
};

/** A number of 32 bits for a word, the same for the same word (FNV-1a over its UTF-16). */
export const seedOf = (word) =>
  word.split("").reduce((hash, sign) => Math.imul(hash ^ sign.charCodeAt(0), 16777619) >>> 0, 2166136261);

/** Queries, keys and values of words that nobody has trained: random ones, but the same for the same word. */
export const drawn = (words, head, width) => {
  const rows = (kind, columns) => words.map((word) => normals((seedOf(word) + 7919 * kind) >>> 0, columns));
  return { q: rows(2 * head + 1, width), k: rows(2 * head + 2, width), v: rows(99, 2) };
};

/** How well each key fits each query; what a word must not see gets −∞. */
export const scores = (q, k, { scaled, temperature, causal }) =>
  q.map((query, i) =>
    k.map((key, j) => {
      if (causal && j > i) return -Infinity;
      const fit = query.reduce((sum, value, l) => sum + value * key[l], 0);
      return fit / (scaled ? Math.sqrt(query.length) : 1) / temperature;
    }));

/** Powers of e, divided by their sum; the largest score is taken off first, so that none overflows. */
export const softmax = (row) => {
  const most = Math.max(...row);
  const powers = row.map((value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

/** Where a row of weights is largest; several places, if they are equal. */
export const favourites = (row) => row.flatMap((weight, at) => (weight > Math.max(...row) - 1e-12 ? [at] : []));

/** Weights and outputs of all words. */
export const attend = ({ q, k, v }, how) => {
  const weights = scores(q, k, how).map(softmax);
  return { weights, output: product(weights, v) };
};

const alike = (one, other) => one.every((value, at) => Math.abs(value - other[at]) < 1e-12);

const TASKS = {
  one: ({ text, temperature }, row) => text === "random" && temperature === 1 && Math.max(...row) > 0.99,
  even: ({ text, causal, query }, row) => text === "three" && query === 1 && !causal && Math.max(...row) - Math.min(...row) < 0.2,
  twice: ({ text }, row, weights) => text === "own" && weights.some((one, i) => weights.slice(0, i).some((other) => alike(one, other))),
};

/** Those of the tasks that a state with these weights fulfils. */
export const done = (state, weights) => Object.keys(TASKS).filter((task) => TASKS[task](state, weights[state.query], weights));
