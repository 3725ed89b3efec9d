"""In: a store. Out: what stands between actors over all its stories, and the changes of office that the knowledge does not hold."""
