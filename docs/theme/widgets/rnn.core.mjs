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
