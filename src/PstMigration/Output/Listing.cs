using System.Collections;

namespace PstMigration;

/// <summary>A list that says what is in it where a table has room for one text: in a column, in a file of Export-Csv.</summary>
/// <param name="items">What is in it.</param>
public sealed class Listing<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
{
    private const int MostShown = 20;

    /// <summary>How many.</summary>
    public int Count => items.Count;

    /// <summary>One of them.</summary>
    public T this[int index] => items[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The first twenty, and how many more there are; empty where there are none.</summary>
    public override string ToString() =>
        string.Join("; ", items.Take(MostShown).Select(i => i?.ToString())) + (Count > MostShown ? "; +" + (Count - MostShown) : "");
}
