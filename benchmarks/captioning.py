"""How many captions a model gets right, word for word: python benchmarks/captioning.py.

It sees scenes of two to four handwritten digits, each new, and is tested on scenes of handwriting that no step has seen.
The goal is 97 % after at most 200,000 pictures. Validation scenes chose the rate and the size of the net, not this run.
With --keep the weights are written into the package, where `dlbook.captioning.trained` finds them.
"""

import argparse
import time

import torch

from dlbook.captioning.grammar import LANGUAGES, caption, words_of
from dlbook.captioning.measures import exact_match
from dlbook.captioning.model import INJECT, Captioner
from dlbook.captioning.scenes import draw_scenes, handwriting, paint
from dlbook.captioning.trained import captioner, keep
from dlbook.captioning.training import describe, fit_captioner

GOAL, MOST = 0.97, 200_000


def right(model: Captioner, part: str, many: int, language: str) -> float:
    """The share of scenes of this part whose caption is exactly the true one."""
    rng = torch.Generator().manual_seed({"validation": 1, "test": 2}[part])
    scenes = draw_scenes(many, rng)
    pictures = paint(scenes, handwriting(part), rng).to(next(model.parameters()).device)
    return exact_match(describe(model, pictures, language), [[caption(scene, language)] for scene in scenes])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=[*LANGUAGES], default="en")
    parser.add_argument("--inject", choices=INJECT, default="attention")
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=0.003)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scenes", type=int, default=4000, help="to test on")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    rng = torch.Generator().manual_seed(args.seed)
    model = Captioner(len(words_of(args.language)), inject=args.inject, generator=rng)
    start, clock = time.process_time(), time.perf_counter()
    fit_captioner(
        model, handwriting("train"), rng, steps=args.steps, batch=args.batch, rate=args.rate, language=args.language
    )
    seconds, clock = time.process_time() - start, time.perf_counter() - clock
    seen = args.steps * args.batch
    found = {part: right(model, part, args.scenes, args.language) for part in ("validation", "test")}
    print(f"{args.language}, {args.inject}: {sum(p.numel() for p in model.parameters()):,} parameters")
    print(f"pictures seen: {seen:,}")
    print(f"exactly right, of {args.scenes:,} new scenes: " + "  ".join(f"{k} {v:.2%}" for k, v in found.items()))
    reached = found["test"] >= GOAL and seen <= MOST
    print(f"at least {GOAL:.0%} after at most {MOST:,}: {'yes' if reached else 'NO'}")
    print(f"seconds of the processor: {seconds:.0f}, of the clock: {clock:.0f}")
    if args.keep:
        keep(model, args.language, {"pictures": seen, **found})
        print(
            f"test, with weights of 8 bits: {right(captioner(args.language), 'test', args.scenes, args.language):.2%}"
        )


if __name__ == "__main__":
    main()
