// From strokes to scores, as dlbook.lenet.handwriting and LeNet do it. A picture is a list of rows, a map a list of numbers.
import { EXAMPLES, PACKED } from "./draw.weights.mjs";

export { EXAMPLES };
export const PAPER = 112; // pixels along a side of the paper
const [BOX, FIELD] = [20, 28]; // of MNIST
const [SHIFT, FINE] = [24, 8]; // in text a place is written (place + 24) · 8, so that none is negative

const blank = (side) => Array.from({ length: side }, () => Array(side).fill(0));

/** Paper with strokes on it: 0 is blank, 1 is ink, in between at the edges. */
export const inked = (strokes, pen) => {
  const ink = blank(PAPER);
  for (const stroke of strokes) {
    stroke.forEach((start, at) => line(ink, start, stroke[at + 1] ?? start, pen));
  }
  return ink;
};

const line = (ink, [x, y], [toX, toY], pen) => {
  const reach = pen + 1;
  const [alongX, alongY] = [toX - x, toY - y];
  const length = alongX * alongX + alongY * alongY;
  const from = (a, b) => Math.max(0, Math.floor(Math.min(a, b) - reach));
  const until = (a, b) => Math.min(PAPER, Math.ceil(Math.max(a, b) + reach));
  for (let row = from(y, toY); row < until(y, toY); row++) {
    for (let column = from(x, toX); column < until(x, toX); column++) {
      let [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
      if (length > 0) {
        const part = Math.min(1, Math.max(0, (dx * alongX + dy * alongY) / length));
        dx -= part * alongX;
        dy -= part * alongY;
      }
      const shade = Math.min(1, Math.max(0, pen + 0.5 - Math.sqrt(dx * dx + dy * dy)));
      if (shade > ink[row][column]) ink[row][column] = shade;
    }
  }
};

/** Scaled to 20 pixels and centred in 28, as the digits of MNIST were. */
export const asMnist = (ink) => {
  const [top, bottom] = ends(ink.map((row) => row.some(Boolean)));
  if (bottom < 0) return blank(FIELD);
  const [left, right] = ends(ink[0].map((_, column) => ink.some((row) => row[column])));
  const box = ink.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
  const [high, wide] = [box.length, box[0].length];
  const longest = Math.max(high, wide);
  return centred(resized(box, scaled(high, longest), scaled(wide, longest)));
};

const ends = (inky) => [inky.indexOf(true), inky.lastIndexOf(true)];
const scaled = (side, longest) => Math.max(1, Math.floor((2 * BOX * side + longest) / (2 * longest)));

/** The paper as it is, only smaller. */
export const shrunk = (ink) => resized(ink, FIELD, FIELD);

/** Each new pixel is the mean of what it covers. */
const resized = (picture, high, wide) => transposed(fewer(transposed(fewer(picture, high)), wide));
const transposed = (picture) => picture[0].map((_, column) => picture.map((row) => row[column]));
const fewer = (rows, count) => {
  const old = rows.length;
  return Array.from({ length: count }, (_, at) => {
    const [first, last] = [(at * old) / count, ((at + 1) * old) / count];
    const sum = Array(rows[0].length).fill(0);
    for (let row = Math.floor(first); row < Math.min(old, last); row++) {
      const part = ((Math.min(last, row + 1) - Math.max(first, row)) * count) / old;
      rows[row].forEach((value, column) => (sum[column] += part * value));
    }
    return sum;
  });
};

/** Moved until the centre of mass lies in pixel (14, 14), but never out of the field. */
const centred = (box) => {
  const total = (values) => values.reduce((sum, value) => sum + value, 0);
  const begin = (masses) => {
    const centre = total(masses.map((mass, at) => mass * (at + 0.5))) / total(masses);
    return Math.min(FIELD - masses.length, Math.max(0, FIELD / 2 - Math.floor(centre + 1e-6)));
  };
  const [top, left] = [begin(box.map(total)), begin(transposed(box).map(total))];
  const field = blank(FIELD);
  box.forEach((row, r) => row.forEach((value, c) => (field[top + r][left + c] = value)));
  return field;
};

// The network. Its numbers: mean, deviation, then for each layer a factor for each row and the biases; then all weights.

const SHAPES = { c1: [6, 25], c3: [16, 150], c5: [120, 400], f6: [84, 120], output: [10, 84] };

const unpacked = () => {
  const bytes = Uint8Array.from(atob(PACKED), (letter) => letter.charCodeAt(0)).buffer;
  const rows = Object.values(SHAPES).reduce((sum, [count]) => sum + count, 0);
  const floats = new Float32Array(bytes, 0, 2 + 2 * rows);
  const whole = new Int8Array(bytes, floats.byteLength);
  const net = { mean: floats[0], deviation: floats[1] };
  let [float, at] = [2, 0];
  for (const [name, [count, width]] of Object.entries(SHAPES)) {
    const factors = floats.subarray(float, (float += count));
    const bias = floats.subarray(float, (float += count));
    const weights = Float64Array.from(whole.subarray(at, (at += count * width)), (value, i) => value * factors[Math.floor(i / width)]);
    net[name] = { weights, bias };
  }
  return net;
};
const NET = unpacked();

/** Kernels of 5 by 5 over maps of a side, with zeros around them, then ReLU. */
const convolved = (maps, side, { weights, bias }, padding) => {
  const out = side + 2 * padding - 4;
  const found = [];
  for (let o = 0; o < bias.length; o++) {
    const map = Array(out * out).fill(bias[o]);
    for (let c = 0; c < maps.length; c++) {
      for (let k = 0; k < 25; k++) {
        const weight = weights[(o * maps.length + c) * 25 + k];
        const [down, right] = [Math.floor(k / 5) - padding, (k % 5) - padding];
        for (let i = Math.max(0, -down); i < Math.min(out, side - down); i++) {
          for (let j = Math.max(0, -right); j < Math.min(out, side - right); j++) {
            map[i * out + j] += weight * maps[c][(i + down) * side + j + right];
          }
        }
      }
    }
    found.push(map.map((value) => Math.max(0, value)));
  }
  return found;
};

/** The largest of each 2 by 2. */
const pooled = (maps, side) =>
  maps.map((map) =>
    Array.from({ length: (side * side) / 4 }, (_, at) => {
      const first = 2 * side * Math.floor((2 * at) / side) + ((2 * at) % side);
      return Math.max(map[first], map[first + 1], map[first + side], map[first + side + 1]);
    }));

const dense = (x, { weights, bias }) =>
  Array.from(bias, (start, o) => x.reduce((sum, value, i) => sum + weights[o * x.length + i] * value, start));

/** What each layer gives for a picture of 28 by 28. */
export const layers = (picture) => {
  const x = picture.flat().map((value) => (value - NET.mean) / NET.deviation);
  const c1 = convolved([x], 28, NET.c1, 2);
  const s2 = pooled(c1, 28);
  const c3 = convolved(s2, 14, NET.c3, 0);
  const s4 = pooled(c3, 10);
  const c5 = dense(s4.flat(), NET.c5).map((value) => Math.max(0, value));
  const f6 = dense(c5, NET.f6).map((value) => Math.max(0, value));
  return { c1, s2, c3, s4, c5, f6, scores: dense(f6, NET.output) };
};

/** Scores as shares of one: softmax. */
export const shares = (scores) => {
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
  return powers.map((power) => power / powers.reduce((a, b) => a + b, 0));
};

/** What of the tasks a state of the figure fulfils, whose net answers with these shares: a digit of the reader's own, one that may be two, one that only preparing saves. */
export const done = ({ example, ink, right, down, pen, prepared }, chances) => {
  const [first, second] = chances.toSorted((a, b) => b - a);
  const said = (found) => found.indexOf(Math.max(...found));
  const { strokes, digit } = EXAMPLES[example - 1] ?? {};
  const ready = () => inked(strokes.map((stroke) => stroke.map(([x, y]) => [x + right, y + down])), pen);
  const found = {
    read: !example && ink !== "" && first >= 0.99,
    two: ink !== "" && second >= 0.3,
    saved: example > 0 && ink === "" && !prepared && said(chances) !== digit && said(layers(asMnist(ready())).scores) === digit,
  };
  return Object.keys(found).filter((task) => found[task]);
};

// Strokes as text, for the address: four letters a point, a dot between two strokes.

const TEXT = /^([0-9a-z]{4})+(\.([0-9a-z]{4})+)*$/;
const two = (place) => Math.round((Math.min(PAPER + SHIFT, Math.max(-SHIFT, place)) + SHIFT) * FINE).toString(36).padStart(2, "0");
const place = (text) => parseInt(text, 36) / FINE - SHIFT;

/** A point (x, y) as text. */
export const written = ([x, y]) => two(x) + two(y);

/** The strokes of a text; null if it is none. */
export const read = (text) => {
  if (text === "") return [];
  if (!TEXT.test(text)) return null;
  const strokes = text.split(".").map((stroke) => stroke.match(/.{4}/g).map((point) => [place(point.slice(0, 2)), place(point.slice(2))]));
  return strokes.flat(2).every((value) => value <= PAPER + SHIFT) ? strokes : null;
};
