// Activations and their derivatives, as dlbook.activations has them, and what becomes of a gradient through many layers.

const sigmoid = (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const density = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
const normalBelow = (x) => erfc(-x / Math.SQRT2) / 2;

/** 1 − erf(x): its series near 0, a continued fraction farther out. */
export const erfc = (x) => {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2) {
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-18; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
};

export const FUNCTIONS = {
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x) },
  tanh: { value: Math.tanh, slope: (x) => 4 * sigmoid(2 * x) * sigmoid(-2 * x) },
  relu: { value: (x) => (x > 0 ? x : 0), slope: (x) => (x > 0 ? 1 : 0) },
  leaky: { value: (x, leak) => (x > 0 ? x : leak * x), slope: (x, leak) => (x > 0 ? 1 : leak) },
  silu: { value: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * sigmoid(-x)) },
  gelu: { value: (x) => x * normalBelow(x), slope: (x) => normalBelow(x) + x * density(x) },
};

export const value = (name, x, leak) => FUNCTIONS[name].value(x, leak);
export const slope = (name, x, leak) => FUNCTIONS[name].slope(x, leak);

/** The derivative of f(f(…f(x))) after 1, 2, …, `layers` applications: a product of slopes, each where its input lies. */
export const products = (name, x, layers, leak) => {
  const found = [];
  let product = 1;
  for (let layer = 0; layer < layers; layer++) {
    product *= slope(name, x, leak);
    x = value(name, x, leak);
    found.push(product);
  }
  return found;
};

const RECTIFIERS = ["relu", "leaky"];
const STEEPER = 10; // times

const TASKS = {
  dead: ({ last }) => last === 0,
  half: ({ name, layers, last }) => !RECTIFIERS.includes(name) && layers === 20 && Math.abs(last) >= 0.5,
  tenfold: ({ steep }) => Math.min(...steep) > 0 && Math.max(...steep) >= STEEPER * Math.min(...steep),
};

/** Those of the tasks that a state fulfils. */
export const done = ({ name, other, leak, x, layers }) => {
  const steep = [name, ...(other === "none" ? [] : [other])].map((one) => Math.abs(slope(one, x, leak)));
  const last = products(name, x, layers, leak).at(-1);
  return Object.keys(TASKS).filter((task) => TASKS[task]({ name, layers, last, steep }));
};
