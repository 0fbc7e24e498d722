#!/usr/bin/env python3
"""Fits the weights of gateway/match/levels.def to what match_eval --features wrote.
usage: fit_weights.py FEATURES.tsv LEVELS.def [--cross] [--final] [--write]

Logistic regression over the levels, shrunk towards the weights in the file, with their signs kept: evidence for never
becomes evidence against. Ordinary listings (background) count little each, because they are many and all say no.
Fitted on split "dev" and the background; the figures for "held" are printed beside them. --cross fits ten times, each time
without a tenth of the notices, and prints how those left out are judged: the honest figures for weights from all labels.
--final fits on everything, for the weights that ship; --write puts them into LEVELS.def."""
import collections, hashlib, math, re, sys

BACKGROUND_WEIGHT = 0.02
SHRINK = 0.3  # strength of the pull towards the weights in the file
WEAK_KINDS = {"feature": 30.0, "size": 8.0, "maker": 8.0}  # pulled harder: they owe much to how the pairs were chosen
STEPS = 200
FOLDS = 10

features_path, levels_path = sys.argv[1:3]
lines = open(levels_path, encoding='utf-8').read().split('\n')
pattern = re.compile(r'X\((\w+), "(\w+)", (-?[\d.]+)\)')
found = [m for m in map(pattern.match, lines) if m]
start = {m[1]: float(m[3]) for m in found}
shrink = {m[1]: SHRINK * WEAK_KINDS.get(m[2], 1.0) for m in found}
shrink['prior'] = 0.0
rows = []  # split, label, notice (of an ordinary listing: its own id), levels
for line in open(features_path, encoding='utf-8'):
    split, label, listing, notice, levels = line.rstrip('\n').split('\t')
    rows.append((split, int(label), listing if split == 'background' else notice, tuple(levels.split(',')) if levels else ()))


def probability(weights, levels): return 1 / (1 + math.exp(-sum(weights[l] for l in levels))) if levels else 0.0


def fit(train):
    counted = collections.Counter()
    for split, label, _, levels in train:
        if levels: counted[(label, levels)] += BACKGROUND_WEIGHT if split == 'background' else 1.0
    weights = dict(start)
    for _ in range(STEPS):
        gradient = {k: shrink[k] * (weights[k] - start[k]) for k in weights}
        curvature = {k: shrink[k] + 0.01 for k in weights}
        for (label, levels), count in counted.items():
            p = probability(weights, levels)
            for level in levels:
                gradient[level] += count * (p - label)
                curvature[level] += count * max(p * (1 - p), 0.01) * 4
        for k in weights:
            moved = weights[k] - gradient[k] / curvature[k]
            if k != 'prior':
                if start[k] > 0: moved = max(moved, 0.01)
                elif start[k] < 0: moved = min(moved, -0.01)
            weights[k] = moved
    return weights


def figures(name, judged):  # (split, label, probability)
    pairs = [(y, p) for s, y, p in judged if s != 'background']
    bins = collections.defaultdict(float)
    for y, p in pairs: bins[min(9, int(p * 10))] += p - y
    out = []
    for cut in (0.4, 0.45, 0.5):
        right = sum(1 for y, p in pairs if p >= cut and y); flagged = sum(1 for _, p in pairs if p >= cut)
        alarms = sum(1 for s, _, p in judged if s == 'background' and p >= cut)
        out.append('%.2f: P %.3f R %.3f alarms %d' % (cut, right / max(1, flagged), right / max(1, sum(y for y, _ in pairs)), alarms))
    print('%-6s %4d pairs  ECE %.3f  %s' % (name, len(pairs), sum(map(abs, bins.values())) / max(1, len(pairs)), '  '.join(out)))


def fold(notice): return hashlib.sha256(notice.encode()).digest()[0] % FOLDS


if '--cross' in sys.argv:
    judged = []
    for k in range(FOLDS):
        weights = fit([r for r in rows if fold(r[2]) != k])
        judged += [(r[0], r[1], probability(weights, r[3])) for r in rows if fold(r[2]) == k]
    figures('cross', judged)
weights = fit([r for r in rows if r[0] != 'held' or '--final' in sys.argv])
for name in ('dev', 'held'):
    figures(name, [(r[0], r[1], probability(weights, r[3])) for r in rows if r[0] in (name, 'background')])
if '--write' not in sys.argv:
    for k in weights: print('%-22s %6.2f -> %6.2f' % (k, start[k], weights[k]))
else:
    out = []
    for line in lines:
        m = pattern.match(line)
        out.append(line if not m else pattern.sub('X(%s, "%s", %.2f)' % (m[1], m[2], weights[m[1]]), line, 1))
    open(levels_path, 'w', encoding='utf-8').write('\n'.join(out))
