"""The sentence encoder all-MiniLM-L6-v2 in numpy: texts to vectors of length 1, whose dot product says how near two meanings are.

A BERT of 6 layers, 384 wide, 12 heads (Devlin et al. 2019; Wang et al. 2020), the mean of its last layer, for measuring only: one text
at a time, in single precision. The weights come from a package that carries them (`run`).
"""

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

HEADS, LAYERS = 12, 6
LONGEST = 256  # word pieces, as the model was trained


class Encoder:
    def __init__(self, folder):
        self.weights = load_file(f"{folder}/model.safetensors")
        self.tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def vector(self, text):
        pieces = self.tokenizer.encode(text).ids
        x = (
            self.weights["embeddings.word_embeddings.weight"][pieces]
            + self.weights["embeddings.position_embeddings.weight"][: len(pieces)]
            + self.weights["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._normalised(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            x = self._layer(x, f"encoder.layer.{layer}")
        mean = x.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _layer(self, x, name):
        attended = self._linear(self._attention(x, f"{name}.attention.self"), f"{name}.attention.output.dense")
        x = self._normalised(x + attended, f"{name}.attention.output.LayerNorm")
        inner = _gelu(self._linear(x, f"{name}.intermediate.dense"))
        return self._normalised(x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attention(self, x, name):
        count, width = x.shape

        def heads(part):
            return self._linear(x, f"{name}.{part}").reshape(count, HEADS, width // HEADS).transpose(1, 0, 2)

        query, key, value = heads("query"), heads("key"), heads("value")
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(width // HEADS)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares = scores / scores.sum(axis=-1, keepdims=True)
        return (shares @ value).transpose(1, 0, 2).reshape(count, width)

    def _linear(self, x, name):
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _normalised(self, x, name):
        centred = x - x.mean(axis=-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return centred / scale * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def _gelu(x):
    """Within 0.0005 of the exact one (Hendrycks and Gimpel 2016)."""
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
