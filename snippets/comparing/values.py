from dlbook.experiment import compare_values

seconds = {  # five runs of each, in turns
    "loop": [2.61, 2.58, 2.64, 2.60, 2.63],
    "matrix": [0.41, 0.43, 0.40, 0.44, 0.41],
    "matrix, sorted": [0.42, 0.41, 0.43, 0.42, 0.42],
}
print(compare_values(seconds, unit="s"))
