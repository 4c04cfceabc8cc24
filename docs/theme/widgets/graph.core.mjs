// Back-propagation on a small graph of numbers, as dlbook.backprop's Value does it.

const sigmoid = (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** Each operation: its value, and how much it changes with each of what goes in. */
export const OPERATIONS = {
  "·": { value: (a, b) => a * b, slopes: (a, b) => [b, a] },
  "+": { value: (a, b) => a + b, slopes: () => [1, 1] },
  "−": { value: (a, b) => a - b, slopes: () => [1, -1] },
  square: { value: (a) => a * a, slopes: (a) => [2 * a] },
  sigmoid: { value: sigmoid, slopes: (a) => [sigmoid(a) * sigmoid(-a)] },
  tanh: { value: Math.tanh, slopes: (a) => [1 - Math.tanh(a) ** 2] },
  relu: { value: (a) => Math.max(0, a), slopes: (a) => [a > 0 ? 1 : 0] },
};

/** The graphs: what goes in, and then node by node its name, its operation, what it is made from. The last is the loss. */
export const GRAPHS = {
  unit: {
    inputs: ["w", "x", "b", "t"],
    nodes: [["m", "·", "w", "x"], ["z", "+", "m", "b"], ["a", "activation", "z"], ["e", "−", "a", "t"], ["L", "square", "e"]],
  },
  twice: {
    inputs: ["x", "y"],
    nodes: [["p", "·", "x", "y"], ["q", "+", "p", "x"], ["L", "square", "q"]],
  },
};

const operation = (name, activation) => OPERATIONS[name === "activation" ? activation : name];

/** The value of every node; one of them may be held at another value. */
export const forward = (graph, inputs, activation, held = {}) => {
  const values = { ...inputs, ...held };
  for (const [name, kind, ...from] of GRAPHS[graph].nodes) {
    values[name] = held[name] ?? operation(kind, activation).value(...from.map((one) => values[one]));
  }
  return values;
};

/** Every edge, from where to where, with its local derivative; the last node's come first. */
export const edges = (graph, values, activation) =>
  GRAPHS[graph].nodes.toReversed().flatMap(([to, kind, ...from]) => {
    const slopes = operation(kind, activation).slopes(...from.map((one) => values[one]));
    return from.map((one, at) => ({ from: one, to, slope: slopes[at] }));
  });

/** The gradient of the loss by every node: along each edge comes the gradient of its end times its slope, and what comes is added up. */
export const backward = (graph, values, activation) => {
  const gradients = Object.fromEntries(Object.keys(values).map((name) => [name, 0]));
  gradients[GRAPHS[graph].nodes.at(-1)[0]] = 1;
  for (const { from, to, slope } of edges(graph, values, activation)) gradients[from] += gradients[to] * slope;
  return gradients;
};

/** The same for one node without calculus: hold it a little higher and a little lower. */
export const central = (graph, values, activation, name, step = 1e-5) => {
  const loss = (held) => forward(graph, values, activation, { [name]: held })[GRAPHS[graph].nodes.at(-1)[0]];
  return (loss(values[name] + step) - loss(values[name] - step)) / (2 * step);
};

const TASKS = {
  falls: ({ gradients }) => gradients.w < 0,
  stuck: ({ graph, values, gradients }) => graph === "unit" && values.L > 0.9 && Math.abs(gradients.w) < 0.01,
  apart: ({ parts }) => parts[0] * parts[1] < 0,
};

/** Those of the tasks that are fulfilled once the walk has come back to the inputs. */
export const done = ({ graph, activation, step, ...given }) => {
  if (step < 2 * GRAPHS[graph].nodes.length) return [];
  const values = forward(graph, Object.fromEntries(GRAPHS[graph].inputs.map((name) => [name, given[name]])), activation);
  const gradients = backward(graph, values, activation);
  const parts = edges(graph, values, activation).filter(({ from }) => from === "x").map(({ to, slope }) => gradients[to] * slope);
  return Object.keys(TASKS).filter((task) => TASKS[task]({ graph, values, gradients, parts }));
};
