"""A small world of members and posts for texts to refer to."""

from collections.abc import Collection, Mapping

from forum.core.markup import MemberLink, PostLink

ANN = MemberLink(7, "Ann_B", "/members/Ann_B")
POST_5 = PostLink(5, "Member A", "/posts/5")
DELETED_9 = PostLink(9, "Joe", "/posts/9", gone=True)


class World:
    """Knows one member, one post and one deleted post, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked_names: list[frozenset[str]] = []
        self.asked_ids: list[frozenset[int]] = []

    def members(self, names: Collection[str]) -> Mapping[str, MemberLink]:
        self.asked_names.append(frozenset(names))
        return {name: ANN for name in names if name == "ann_b"}

    def posts(self, ids: Collection[int]) -> Mapping[int, PostLink]:
        self.asked_ids.append(frozenset(ids))
        return {post.id: post for post in (POST_5, DELETED_9) if post.id in ids}


class Everyone:
    """Knows every name and every id, under hostile names; even ids are deleted posts."""

    def members(self, names: Collection[str]) -> Mapping[str, MemberLink]:
        return {name: MemberLink(len(name), name, f"/members/{name}") for name in names}

    def posts(self, ids: Collection[int]) -> Mapping[int, PostLink]:
        return {
            id_: PostLink(id_, '<b onclick="x">\u202eMember A', f"/posts/{id_}", id_ % 2 == 0)
            for id_ in ids
        }
