#!/usr/bin/env python3
"""Fits the weights of gateway/match/levels.def to what match_eval --features wrote.
usage: fit_weights.py FEATURES.tsv LEVELS.def [--final] [--write]

Logistic regression over the levels, shrunk towards the weights in the file, with their signs kept: evidence for never
becomes evidence against. Ordinary listings (background) count little each, because they are many and all say no.
Only rows of split "dev" and "background" are fitted on, and the figures for "held" are printed beside them: those are the
honest ones. --final fits on everything, for the weights that ship."""
import collections, math, re, sys

BACKGROUND_WEIGHT = 0.01
SHRINK = 0.3  # strength of the pull towards the weights in the file
WEAK_KINDS = {"feature": 30.0, "size": 8.0, "maker": 8.0}  # pulled harder: their figures here owe much to how the pairs were chosen
STEPS = 400

features_path, levels_path = sys.argv[1:3]
lines = open(levels_path, encoding='utf-8').read().split('\n')
pattern = re.compile(r'X\((\w+), "(\w+)", (-?[\d.]+)\)')
start = {m[1]: float(m[3]) for m in map(pattern.match, lines) if m}
shrink = {m[1]: SHRINK * WEAK_KINDS.get(m[2], 1.0) for m in map(pattern.match, lines) if m}
shrink['prior'] = 0.0
rows = collections.Counter()
held = []
for line in open(features_path, encoding='utf-8'):
    split, label, _, _, levels = line.rstrip('\n').split('\t')
    if not levels: continue
    key = (int(label), tuple(levels.split(',')))
    if split == 'held': held.append(key)
    if split != 'held' or '--final' in sys.argv: rows[key] += BACKGROUND_WEIGHT if split == 'background' else 1.0
weights = dict(start)
step = {k: 0.0 for k in weights}
def probability(levels): return 1 / (1 + math.exp(-sum(weights[l] for l in levels)))
for _ in range(STEPS):
    gradient = {k: shrink[k] * (weights[k] - start[k]) for k in weights}
    curvature = {k: shrink[k] + 0.01 for k in weights}
    for (label, levels), count in rows.items():
        p = probability(levels)
        for level in levels:
            gradient[level] += count * (p - label)
            curvature[level] += count * max(p * (1 - p), 0.01) * 4
    for k in weights:
        moved = weights[k] - gradient[k] / curvature[k]
        if k != 'prior':
            if start[k] > 0: moved = max(moved, 0.01)
            elif start[k] < 0: moved = min(moved, -0.01)
        weights[k] = moved
def loss(pairs): return -sum(c * math.log(max(1e-9, p if y else 1 - p)) for (y, p, c) in pairs) / max(1e-9, sum(c for _, _, c in pairs))
print('loss dev+background %.4f held %.4f' % (loss([(y, probability(l), c) for (y, l), c in rows.items()]), loss([(y, probability(l), 1) for y, l in held])))
count = collections.Counter()
for (y, levels), c in rows.items():
    for level in levels: count[level] += c
for k in weights: print('%-22s %6.2f -> %6.2f   (%.1f rows)' % (k, start[k], weights[k], count[k]))
if '--write' in sys.argv:
    out = []
    for line in lines:
        m = pattern.match(line)
        out.append(line if not m else pattern.sub('X(%s, "%s", %.2f)' % (m[1], m[2], weights[m[1]]), line, 1))
    open(levels_path, 'w', encoding='utf-8').write('\n'.join(out))
