"""BASELINES ONLY: the representations of the released code of Lu, Lee and Buehler 2023.

Paper: "Modeling and design of heterogeneous hierarchical bioinspired spider web structures using
generative deep learning and additive manufacturing", PNAS 120(31), e2305273120; code:
lamm-mit/GraphGeneration, commit 8d9014d. What is kept: what stands for a web (numbers of
neighbours as scaled integers; an adjacency matrix of +1 and -1; rows of coordinates and
adjacency), one global scale to [-1, 1], the objectives and their constants (sigma_data 0.1,
clipping inside the loss, regression with MSE), thresholds and lengths. What is not: their networks
(U-Nets of 41 and 171 million parameters, a decoder of 51 million), in whose place stands the
transformer of our models, at the same size and steps; 150 sampling steps, of which 50 are made;
mean signed edge vectors as a condition, which are 0 for undirected edges: orientation shares are
given. Faults that keep the released code from running are mended.
"""
