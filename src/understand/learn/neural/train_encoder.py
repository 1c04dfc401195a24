"""
Teaches the encoder of the strong tier, and the layer over it, on a graphics card with PyTorch:

    node src/understand/learn/neural/train-encoder.ts --data ../shared/data --write DIR   # the texts as arrays
    python3 src/understand/learn/neural/train_encoder.py DIR                              # DIR/encoder.f32 and encoder.json
    node src/understand/learn/neural/train-encoder.ts --data ../shared/data --from DIR    # models/encoder

The two directions of the encoder tell the next and the previous character (as pretraining.ts teaches them, without a card); the layer over
both tells characters that were hidden from it, and the kind of word that each character stands in. Characters are hidden as unknown ones,
and the pairs of neighbours that they stand in are hidden with them.
"""
import argparse
import json
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

PIECE, CHAR, PAIR, STATE, UPPER = 128, 96, 48, 256, 128
CELLS, RATE, WARMING, DROPOUT, HIDDEN, TAGS = 24576, 3e-3, 300, 0.1, 0.15, 0.5
UNKNOWN, BOUNDARY, FIRST = 0, 1, 2

options = argparse.ArgumentParser()
options.add_argument('dir')
options.add_argument('--passes', type=int, default=20)
options.add_argument('--seed', type=int, default=11)
option = options.parse_args()
torch.manual_seed(option.seed)
rng = np.random.default_rng(option.seed)
device = 'cuda' if torch.cuda.is_available() else 'cpu'
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True


class Corpus:
    """The texts' characters, pairs and tags as numbers, and the pieces that they are read in."""

    def __init__(self, folder):
        read = lambda name, kind: np.fromfile(os.path.join(folder, name), dtype=kind)
        units, lengths = read('units.u16', np.uint16), read('lengths.u32', np.uint32).astype(np.int64)
        held, known, pairs = read('held.u8', np.uint8), read('alphabet.u16', np.uint16), read('pairs.u32', np.uint32)
        tags = read('tags.u8', np.uint8)
        ids = np.zeros(65536, np.int64)
        ids[known] = np.arange(len(known)) + FIRST
        self.size, self.pairs, self.tags = len(known) + FIRST, len(pairs), int(tags.max()) + 1
        ends = np.cumsum(lengths)
        starts = ends - lengths
        wide = units.astype(np.uint32)
        before, after = np.roll(wide, 1), np.roll(wide, -1)
        before[starts[lengths > 0]] = after[ends[lengths > 0] - 1] = 0
        order = np.argsort(pairs)

        def pair_ids(first, second):
            key = first * np.uint32(65536) + second
            at = np.minimum(np.searchsorted(pairs[order], key), len(pairs) - 1)
            return np.where(pairs[order][at] == key, order[at], len(pairs))

        put = lambda x: torch.from_numpy(np.ascontiguousarray(x, np.int64)).to(device)
        self.chars, self.left, self.right = put(ids[units]), put(pair_ids(before, wide)), put(pair_ids(wide, after))
        self.tag = put(tags)
        cuts = [(s + at, min(PIECE, n - at), h) for s, n, h in zip(starts, lengths, held) for at in range(0, n, PIECE)]
        self.start, self.length, is_held = (np.array(column) for column in zip(*cuts))
        self.learned, self.held = np.flatnonzero(is_held == 0), np.flatnonzero(is_held == 1)

    def batches(self, which, shuffled):
        n = self.length[which]
        key = n * (1 + 0.15 * rng.random(len(n))) + rng.random(len(n)) if shuffled else n
        own = which[np.argsort(key, kind='stable')]
        plans, begin, longest = [], 0, 0
        for at, k in enumerate(self.length[own].tolist()):
            longest = max(longest, k)
            if longest * (at - begin + 1) > CELLS:
                plans.append(own[begin:at])
                begin, longest = at, k
        plans.append(own[begin:])
        if shuffled:
            rng.shuffle(plans)
        return plans


class Network(nn.Module):
    def __init__(self, corpus):
        super().__init__()
        self.chars, self.pairs = nn.Embedding(corpus.size, CHAR), nn.Embedding(corpus.pairs + 1, PAIR, padding_idx=corpus.pairs)
        for table in (self.chars, self.pairs):
            nn.init.uniform_(table.weight, -0.1, 0.1)
        with torch.no_grad():
            self.pairs.weight[corpus.pairs] = 0
        self.forth, self.back = nn.GRU(CHAR + PAIR, STATE), nn.GRU(CHAR + PAIR, STATE)
        self.upper_forth, self.upper_back = nn.GRU(2 * STATE, UPPER), nn.GRU(2 * STATE, UPPER)
        self.next, self.hidden = nn.Linear(STATE, corpus.size), nn.Linear(2 * UPPER, corpus.size)
        self.tag = nn.Linear(2 * UPPER, corpus.tags)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, chars, left, right, flip):
        """ids, times × texts; flip: where each place stands in its text read backwards. The states of both directions and of the layer over them."""
        turned = lambda x: torch.gather(x, 0, flip[:, :, None].expand_as(x))
        drop = self.drop
        e = drop(self.chars(chars))
        f = self.forth(torch.cat([e, drop(self.pairs(left))], 2))[0]
        b = turned(self.back(turned(torch.cat([e, drop(self.pairs(right))], 2)))[0])
        m = torch.cat([drop(f), drop(b)], 2)
        return f, b, torch.cat([self.upper_forth(m)[0], turned(self.upper_back(turned(m))[0])], 2)


def losses(net, corpus, rows, hiding):
    """Nats a place: next, previous, and with `hiding` hidden characters and kinds of words."""
    n = torch.from_numpy(corpus.length[rows]).to(device)
    s = torch.from_numpy(corpus.start[rows]).to(device)
    t = torch.arange(int(corpus.length[rows].max()), device=device)[:, None]
    alive = t < n
    last = n - 1
    at = s + torch.minimum(t, last)
    flip = torch.where(alive, last - t, t)
    chars, left, right = corpus.chars[at], corpus.left[at], corpus.right[at]
    after = torch.where(t < last, corpus.chars[s + torch.minimum(t + 1, last)], BOUNDARY)
    before = torch.where(t > 0, corpus.chars[s + torch.clamp(torch.minimum(t - 1, last), min=0)], BOUNDARY)
    hidden = (torch.rand(chars.shape, device=device) < HIDDEN) & alive if hiding else torch.zeros_like(alive.expand_as(chars))
    edge = torch.zeros_like(hidden[:1])
    seen = torch.where(hidden, UNKNOWN, chars)
    left = torch.where(hidden | torch.cat([edge, hidden[:-1]]), corpus.pairs, left)
    right = torch.where(hidden | torch.cat([hidden[1:], edge]), corpus.pairs, right)
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == 'cuda'):
        f, b, top = net(seen, left, right, flip)
        told = lambda layer, states, where, goals: F.cross_entropy(layer(net.drop(states)[where]).float(), goals[where])
        parts = [told(net.next, f, alive, after), told(net.next, b, alive, before)]
        if hiding:
            parts += [told(net.hidden, top, hidden, chars), TAGS * told(net.tag, top, alive, corpus.tag[at])]
    return parts


def measure(net, corpus):
    """Bits a held-out character, the mean of both directions, nothing hidden."""
    net.eval()
    nats = told = 0
    with torch.no_grad():
        for rows in corpus.batches(corpus.held, False):
            count = int(corpus.length[rows].sum())
            nats += float(sum(losses(net, corpus, rows, False))) / 2 * count
            told += count
    net.train()
    return nats / told / math.log(2)


def teach(net, corpus):
    matrices = [p for p in net.parameters() if p.dim() > 1]
    vectors = [p for p in net.parameters() if p.dim() <= 1]
    groups = [{'params': matrices, 'weight_decay': 0.01}, {'params': vectors, 'weight_decay': 0}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))
    began, step = time.time(), 0
    for done in range(option.passes):
        plans = corpus.batches(corpus.learned, True)
        for i, rows in enumerate(plans):
            share = (done + (i + 1) / len(plans)) / option.passes
            step += 1
            for group in optimiser.param_groups:
                group['lr'] = RATE * min(1, step / WARMING) * (0.5 + 0.5 * math.cos(math.pi * share))
            loss = sum(losses(net, corpus, rows, True))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
        print(f'pass {done + 1}, {time.time() - began:.0f} s: {measure(net, corpus):.3f} bits a held-out character', flush=True)
    return {'passes': option.passes, 'seconds': round(time.time() - began)}


def arrays(net, corpus):
    """The weights by the names and in the order of encoder.ts and stack.ts; their gates stand as PyTorch's do."""
    array = lambda x: np.ascontiguousarray(x.detach().float().cpu().numpy(), np.float32)

    def gru(name, layer):
        w, bi, bh = 2 * layer.hidden_size, array(layer.bias_ih_l0), array(layer.bias_hh_l0)
        b = np.concatenate([bi[:w] + bh[:w], bi[w:]])
        return {f'{name}.w': array(layer.weight_ih_l0.T), f'{name}.u': array(layer.weight_hh_l0.T), f'{name}.b': b, f'{name}.bn': bh[w:]}

    tables = {'encoder.chars': array(net.chars.weight), 'encoder.bigrams': array(net.pairs.weight)[: corpus.pairs]}
    layers = {'encoder.forward': net.forth, 'encoder.reverse': net.back, 'upper.0': net.upper_forth, 'upper.1': net.upper_back}
    return tables | {key: x for name, layer in layers.items() for key, x in gru(name, layer).items()}


corpus = Corpus(option.dir)
net = Network(corpus).to(device)
course = teach(net, corpus)
characters = int(corpus.length[corpus.learned].sum())
figures = {'characters': characters, 'heldOut': len(corpus.held), 'bits': round(measure(net, corpus), 4), **course}
weights = arrays(net, corpus)
with open(os.path.join(option.dir, 'encoder.f32'), 'wb') as file:
    for x in weights.values():
        x.tofile(file)
with open(os.path.join(option.dir, 'encoder.json'), 'w') as file:
    sizes = {'char': CHAR, 'bigram': PAIR, 'state': STATE, 'upper': UPPER}
    json.dump({'sizes': sizes, 'seed': option.seed, 'arrays': [[name, x.size] for name, x in weights.items()], 'figures': figures}, file)
