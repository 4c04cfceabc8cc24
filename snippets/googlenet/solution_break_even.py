from dlbook.googlenet import PLANS, break_even

c = 192
for name, plan in PLANS.items():
    limits = break_even(c, plan.three, 3), break_even(c, plan.five, 5)
    print(f"{name}: 3×3 {plan.reduce3:3} of {limits[0]:3.0f},"
          f" 5×5 {plan.reduce5:2} of {limits[1]:3.0f}")
    c = plan.gives(c)
