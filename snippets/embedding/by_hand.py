E = [[1, 3, 5], [2, 4, 6]]  # d = 2 rows, V = 3 columns: one for each word
e = [0, 0, 1]  # one-hot vector of id 2
print("E e  =", [sum(E[i][j] * e[j] for j in range(3)) for i in range(2)])

W = [[1, 2], [3, 4], [5, 6]]  # the same, on its side: V = 3 rows
print("e W  =", [sum(e[j] * W[j][i] for j in range(3)) for i in range(2)])
print("W[2] =", W[2])
