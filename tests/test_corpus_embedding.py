"""Text to vectors: the embedded default, and a real sentence-transformers model folder through the whole path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.search import Searcher, SearchOptions
from corpus.archive import Archive
from corpus.embedding import EmbeddedEmbedder, load_embedder, load_reranker
from corpus.errors import EmbedderChangedError, ModelUnavailableError
from corpus.records import Scope
from corpus.settings import Settings
from tests.archive_records import make

TEXTS = (
    "Nätverket beslutade att avgiften höjs till 650 kronor.",
    "Mobiltelefonerna samlas in vid skoldagens början.",
    "Busskorten gäller till klockan 22.",
    "Nationella proven skrivs digitalt från hösten.",
)


def cosine(one: str, other: str) -> float:
    embedder = EmbeddedEmbedder()
    rows = embedder.embed_passages([one, other])
    return float(rows[0] @ rows[1])


def test_vectors_have_length_one_and_the_same_text_the_same_vector() -> None:
    embedder = EmbeddedEmbedder()
    rows = embedder.embed_passages(list(TEXTS))
    assert rows.dtype == np.float32 and rows.shape == (4, embedder.dimensions)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert np.array_equal(rows, EmbeddedEmbedder().embed_passages(list(TEXTS)))
    assert not embedder.embed_query("").any()


def test_synonyms_meet_by_their_concept() -> None:
    # With four times as many groups each word stands in more of them and shares less in one: .08 where it was .12. One pair
    # may share a slot by chance, so what is unlike is judged by several.
    strange = [
        cosine("skolk", word) for word in ("busskort", "taxa", "lokal", "matsal", "lärosal", "bibliotek", "hyra")
    ]
    assert cosine("skolk", "ogiltig frånvaro") > 0.06 > 2 * float(np.mean(np.abs(strange)))


def test_a_text_that_lost_its_marks_is_near_the_sound_one() -> None:
    sound = "Nätverket träffas på våren"
    assert cosine(sound, "Natverket traffas pa varen") > 0.4 > 2 * cosine(sound, "Bussen stannar vid torget")


def test_a_model_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(ModelUnavailableError, match="Modellen går inte att läsa"):
        load_embedder(str(tmp_path / "tom"))


def build_model(folder: Path, seed: int) -> Path:
    """A tiny BERT with random weights and a word list of single letters, saved as sentence-transformers does."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(seed)
    bare = folder / "bert"
    bare.mkdir(parents=True)
    letters = list("abcdefghijklmnopqrstuvwxyzåäö0123456789.,?")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (bare / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(str(bare / "vocab.txt"), strip_accents=False).save_pretrained(bare)
    shape = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(shape).save_pretrained(bare)
    layer = Transformer(str(bare))
    made = folder / f"modell-{seed}"
    SentenceTransformer(modules=[layer, Pooling(32)], device="cpu").save(str(made))
    return made


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    yield build_model(tmp_path_factory.mktemp("m1"), 1), build_model(tmp_path_factory.mktemp("m2"), 2)


@pytest.mark.filterwarnings("ignore")  # the libraries' own deprecations
def test_a_model_folder_goes_the_whole_way_and_another_model_never_mixes(
    models: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = (Settings(embedder=str(model)) for model in models)
    with Archive.open(tmp_path / "a", create=True, settings=first) as archive:
        with archive.writing() as writer:
            for number, text in enumerate(TEXTS):
                writer.add(*make(f"{number}.txt", [text]))
            writer.finish()
        dense = Searcher(archive, Scope(), SearchOptions(lexical=False))
        assert len(dense.search(TEXTS[1], 4).evidence) == 4
        own = archive.embedder.embed_passages([TEXTS[1]])[0]
        assert archive.search_dense(Scope(), own, 4)[0].score > 0.5

    with Archive.open(tmp_path / "a", settings=second) as archive:
        assert archive.has_other_embedder()
        with pytest.raises(EmbedderChangedError, match="annan inbäddningsmodell"):
            archive.search_dense(Scope(), archive.embedder.embed_query("avgift"), 4)
        archive.rebuild()
        assert not archive.has_other_embedder()
        found = Searcher(archive, Scope()).search("Vad kostar det?", 4)
        assert found.evidence[0].passage.text == TEXTS[0]
        passage = next(p for p in archive.all_passages(Scope()) if p.text == TEXTS[0])
        row = archive.embedder.embed_passages(["\n".join((*passage.heading, passage.text))])[0]
        assert archive.search_dense(Scope(), row, 1)[0].score == pytest.approx(1, abs=1e-2)


def test_no_reranker_is_loaded_where_none_is_named() -> None:
    assert load_reranker("none") is None
