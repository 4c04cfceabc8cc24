// A recurrent network of one unit, step by step, as dlbook.rnn.RNN computes it.

export const STEPS = 12;

/** What the network reads. */
export const INPUTS = {
  pulse: Array.from({ length: STEPS }, (_, t) => Number(t === 0)),
  steady: Array(STEPS).fill(1),
  alternating: Array.from({ length: STEPS }, (_, t) => 1 - 2 * (t % 2)),
};

/** The state after each step; before the first it is 0. */
export const states = (inputs, { w, u, b }) => {
  let h = 0;
  return inputs.map((x) => (h = Math.tanh(w * x + u * h + b)));
};

/** How much the last state changes with the one k steps before, for k = 0, 1, … down to the start. */
export const reach = (seen, u) => {
  const found = [1];
  for (const h of seen.toReversed()) found.push(found.at(-1) * u * (1 - h * h));
  return found;
};

const MEMORY = 0.5; // a state of this size is still told from 0
const STEEP = 1.5; // a weight of the state that looks as if it made gradients grow

/** What of the tasks a state of the figure fulfils: a pulse remembered, a gradient that explodes, one that vanishes although U is large. */
export const done = ({ input, w, u, b, t }) => {
  const seen = states(INPUTS[input], { w, u, b });
  const [last, end] = [seen.at(-1), reach(seen, u).at(-1)];
  const found = {
    remembers: input === "pulse" && b === 0 && Math.abs(last) >= MEMORY,
    explodes: end >= 100,
    vanishes: Math.abs(u) >= STEEP && end < 1e-6,
  };
  return t === STEPS ? Object.keys(found).filter((task) => found[task]) : [];
};
