namespace PstMigration.Pst.Ndb.Editing;

/// <summary>What is to change in a B-tree, by ascending key, each key once.</summary>
internal abstract class TreeChanges
{
    /// <summary>How many entries change.</summary>
    public abstract int Count { get; }

    /// <summary>The key of a change.</summary>
    public abstract ulong Key(int index);

    /// <summary>Whether the entry is to go; else it is to be as <see cref="Write"/> gives it.</summary>
    public abstract bool IsRemoval(int index);

    /// <summary>Writes the leaf entry.</summary>
    public abstract void Write(int index, Span<byte> entry);
}
