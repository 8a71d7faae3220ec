"""Topics: what readers look for, who they are, and the policies that concern them
(``topics.yaml``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from policycards.catalogue.model.catalogue import Catalogue, Topic
from policycards.catalogue.model.form import nearest
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Problem, problem

FILE = "topics.yaml"
OWNER = "topics"


def policies_on(catalogue: Catalogue, topic: Topic) -> tuple[Policy, ...]:
    """The policies of a topic in its order; one that is faulty, and so not in the catalogue, is
    left out.
    """
    known = {policy.id: policy for policy in catalogue.policies}
    return tuple(known[name] for name in topic.policies if name in known)


def topics_with(catalogue: Catalogue, policy: str) -> tuple[Topic, ...]:
    """The topics under which a policy is found."""
    return tuple(topic for topic in catalogue.topics if policy in topic.policies)


def topic_problems(catalogue: Catalogue, known: Collection[str]) -> Iterator[Problem]:
    """Topics that name a policy which there is not; ``known`` are the ids of all policies, the
    faulty ones too.
    """
    for i, topic in enumerate(catalogue.topics):
        for j, name in enumerate(topic.policies):
            if name not in known:
                place = catalogue.place(OWNER, "topics", i, "policies", j)
                yield problem("E620", place, policy=name, nearest=nearest(name, known))
