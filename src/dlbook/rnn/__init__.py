"""Recurrent networks: a state that is carried from step to step."""

from dlbook.rnn.layers import GRU, LSTM, RNN, multiply_adds, remember

__all__ = ["GRU", "LSTM", "RNN", "multiply_adds", "remember"]
