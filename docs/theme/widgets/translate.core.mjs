// A Transformer that translates numbers, as dlbook.transformer runs it: one layer on each side, norm before.
import { HEADS, PACKED, SHAPES, SIGNS, WORDS } from "./translate.weights.mjs";

export { HEADS, SIGNS, WORDS };
const [PAD, BOS, EOS] = [0, 2, 3];
const FIRST = 4; // the first word of a vocabulary that is none of the special ones
const LONGEST = 20; // tokens that are written at most
const MOST = 16; // words that are read at most
const LARGEST = 999999;
const UNSURE = 0.6;

// Numbers in two languages, as dlbook.transformer.numbers writes them.

const ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const DIGITS = "零一二三四五六七八九";

const belowHundred = (n) => (n < 20 ? [ONES[n]] : [TENS[Math.floor(n / 10) - 2], ...(n % 10 ? [ONES[n % 10]] : [])]);
const belowThousand = (n) => {
  const rest = n % 100;
  if (n < 100) return belowHundred(n);
  return [ONES[Math.floor(n / 100)], "hundred", ...(rest ? ["and", ...belowHundred(rest)] : [])];
};

/** The English words of a number, those that a hyphen joins apart. */
export const english = (n) => {
  const rest = n % 1000;
  if (n < 1000) return belowThousand(n);
  return [...belowThousand(Math.floor(n / 1000)), "thousand", ...(rest && rest < 100 ? ["and"] : []), ...(rest ? belowThousand(rest) : [])];
};

const belowWan = (n) => {
  const signs = [[1000, "千"], [100, "百"], [10, "十"], [1, ""]].map(([unit, name]) => {
    const digit = Math.floor(n / unit) % 10;
    return DIGITS[digit] + (digit ? name : "");
  });
  return signs.join("").replace(/^零+|零+$/g, "").replace(/零+/g, "零");
};

/** The Chinese signs of a number. */
export const chinese = (n) => {
  const [wan, rest] = [Math.floor(n / 10000), n % 10000];
  const text = (wan ? `${belowWan(wan)}万` : "") + (wan && rest && rest < 1000 ? "零" : "") + belowWan(rest);
  return text.replace(/^一十/, "十").replace(/^二(?=[千万])/, "两") || DIGITS[0];
};

/** The number that English words say; null if they say none, or say it otherwise than `english`. */
export const valueOf = (words) => {
  let [total, part] = [0, 0];
  for (const word of words) {
    if (word === "thousand") [total, part] = [1000 * part, 0];
    else if (word === "hundred") part *= 100;
    else if (TENS.includes(word)) part += 10 * (TENS.indexOf(word) + 2);
    else part += Math.max(0, ONES.indexOf(word));
  }
  const n = total + part;
  return n <= LARGEST && english(n).join() === words.join() ? n : null;
};

/** What a reader types, in digits or in words, as words that the model knows; null if it is neither. */
export const read = (text) => {
  const digits = text.replace(/[\s,，]/g, "");
  if (/^\d+$/.test(digits)) return digits.length <= 6 ? english(Number(digits)) : null;
  const words = text.toLowerCase().replaceAll("-", " ").split(/\s+/).filter(Boolean);
  const known = words.every((word) => WORDS.indexOf(word) >= FIRST);
  return words.length && words.length <= MOST && known ? words : null;
};

// The model. A text is a list of rows, one for each token.

const half = (bits) => {
  const [sign, power, part] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return sign * (power ? 2 ** (power - 15) * (1 + part / 1024) : part * 2 ** -24);
};

const unpacked = () => {
  const bytes = Uint8Array.from(atob(PACKED), (letter) => letter.charCodeAt(0));
  const numbers = Float64Array.from({ length: bytes.length / 2 }, (_, at) => half(bytes[2 * at] | (bytes[2 * at + 1] << 8)));
  let from = 0;
  const taken = (size) => numbers.subarray(from, (from += size));
  return Object.fromEntries(Object.entries(SHAPES).map(([name, [rows, columns]]) =>
    [name, columns ? Array.from({ length: rows }, () => taken(columns)) : taken(rows)]));
};
const NET = unpacked();
const D = NET["source.matrix.weight"][0].length;

const dot = (a, b) => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
};
const added = (rows, more) => rows.map((row, at) => row.map((value, i) => value + more[at][i]));
const linear = (rows, name) => {
  const [weight, bias] = [NET[`${name}.weight`], NET[`${name}.bias`]];
  return rows.map((row) => weight.map((to, o) => dot(to, row) + bias[o]));
};
const normed = (rows, name) =>
  rows.map((row) => {
    const mean = row.reduce((a, b) => a + b, 0) / D;
    const spread = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / D + 1e-5);
    return row.map((value, i) => ((value - mean) / spread) * NET[`${name}.weight`][i] + NET[`${name}.bias`][i]);
  });

/** Scores as shares of one: softmax. */
export const shares = (scores) => {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

/** The row of each token plus a wave for its place; filling takes up none. */
const rowsOf = (ids, name) => {
  let place = -1;
  return ids.map((id) => {
    place += id !== PAD;
    return Array.from(NET[`${name}.matrix.weight`][id], (value, i) => {
      const angle = Math.max(0, place) * 10000 ** ((i % 2 - i) / D);
      return value * Math.sqrt(D) + (i % 2 ? Math.cos(angle) : Math.sin(angle));
    });
  });
};

/** Attention with many heads: what it gives, and the map of each head. Heads in `even` look at all alike. */
const attended = (x, memory, name, may, even = []) => {
  const [query, key, value] = ["query", "key", "value"].map((part, at) => linear(at ? memory : x, `${name}.${part}`));
  const width = D / HEADS;
  const maps = Array.from({ length: HEADS }, (_, head) => {
    const [asking, answering] = [query, key].map((rows) => rows.map((row) => row.slice(head * width, (head + 1) * width)));
    return asking.map((asks, i) => {
      const row = shares(answering.map((answers, j) => (may(i, j) ? dot(asks, answers) / Math.sqrt(width) : -Infinity)));
      const seen = row.filter((weight) => weight > 0).length;
      return even.includes(head) ? row.map((weight) => (weight > 0 ? 1 / seen : 0)) : row;
    });
  });
  const mixed = query.map((_, i) => Array.from({ length: D }, (_, c) =>
    maps[Math.floor(c / width)][i].reduce((sum, weight, j) => sum + weight * value[j][c], 0)));
  return { rows: linear(mixed, `${name}.output`), maps };
};

const fed = (x, name) => {
  const hidden = linear(normed(x, `${name}.norm`), `${name}.layer.hidden`);
  return added(x, linear(hidden.map((row) => row.map((value) => Math.max(0, value))), `${name}.layer.output`));
};

/** What was read: a row for each token. */
export const encode = (ids) => {
  let [x, layer] = [rowsOf(ids, "source"), "encoder.layers.0"];
  const asks = normed(x, `${layer}.attention.norm`);
  x = added(x, attended(asks, asks, `${layer}.attention.layer`, () => true).rows);
  return normed(fed(x, `${layer}.feed`), "encoder.norm");
};

/** Scores for the token behind each of the target's, and the maps of the cross-attention: heads, targets, words. */
export const decode = (ids, memory, even) => {
  let [x, layer] = [rowsOf(ids, "target"), "decoder.layers.0"];
  const asks = normed(x, `${layer}.attention.norm`);
  x = added(x, attended(asks, asks, `${layer}.attention.layer`, (i, j) => j <= i && ids[j] !== PAD).rows);
  const cross = attended(normed(x, `${layer}.cross.norm`), memory, `${layer}.cross.layer`, () => true, even);
  x = normed(fed(added(x, cross.rows), `${layer}.feed`), "decoder.norm");
  return { scores: x.map((row) => NET["read.matrix.weight"].map((to) => dot(to, row))), cross: cross.maps };
};

/** The ids of words, with begin and end. */
export const idsOf = (words) => [BOS, ...words.map((word) => WORDS.indexOf(word)), EOS];

/** What the model writes, sign by sign the one with the largest score, and what it saw at each. */
export const translation = (words, even) => {
  const memory = encode(idsOf(words));
  const target = [BOS];
  do {
    const last = decode(target, memory, even).scores.at(-1);
    target.push(last.indexOf(Math.max(...last)));
  } while (target.at(-1) !== EOS && target.length <= LONGEST);
  return { ids: target.slice(1), ...decode(target.slice(0, -1), memory, even) };
};

// What the figure shows of a state.

const kept = new Map();
const translated = (words, even) => {
  const key = `${words}|${even}`;
  if (kept.size > 50) kept.clear();
  if (!kept.has(key)) kept.set(key, translation(words, even));
  return kept.get(key);
};

const textOf = (ids) => ids.filter((id) => id !== EOS).map((id) => SIGNS[id]).join("");

/** Which heads look evenly: the chosen one, or all. */
export const evened = ({ head, even }) => (!even ? [] : head === "mean" ? Array.from({ length: HEADS }, (_, at) => at) : [Number(head)]);

/** Everything that is seen: words, what is written, its steps, what is right. */
export const seen = (state) => {
  const words = read(state.text);
  const number = valueOf(words);
  const { ids, scores, cross } = translated(words, evened(state));
  const all = cross[0].map((row, t) => row.map((_, j) => cross.reduce((sum, map) => sum + map[t][j], 0) / HEADS));
  return {
    words, number, ids, scores,
    looks: state.head === "mean" ? all : cross[Number(state.head)],
    written: textOf(ids),
    alone: textOf(translated(words, []).ids), // without any change to a head
    answer: number === null ? null : chinese(number),
  };
};

/** What a reader is asked to find, and whether a state is it. */
export const TASKS = {
  unsure: ({ step, even }, { ids, scores }) => !even && step < ids.length && Math.max(...shares(scores[step])) < UNSURE,
  wrong: ({ step, even }, { ids, written, answer }) => !even && step === ids.length && answer !== null && written !== answer,
  head: ({ step, even, head }, { ids, written, alone, answer }) =>
    even && head !== "mean" && step === ids.length && alone === answer && written !== answer,
};

/** The tasks that a state fulfils. */
export const done = (state, found = seen(state)) => Object.keys(TASKS).filter((task) => TASKS[task](state, found));
