using System.Collections;

namespace PstMigration;

/// <summary>How many of each kind. It says so where a table has room for one text.</summary>
/// <param name="counts">The counts.</param>
public sealed class CountDictionary(IReadOnlyDictionary<string, long> counts) : IReadOnlyDictionary<string, long>
{
    /// <summary>How many kinds.</summary>
    public int Count => counts.Count;

    /// <summary>The kinds.</summary>
    public IEnumerable<string> Keys => counts.Keys;

    /// <summary>The counts.</summary>
    public IEnumerable<long> Values => counts.Values;

    /// <summary>The count of a kind.</summary>
    public long this[string key] => counts[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => counts.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out long value) => counts.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, long>> GetEnumerator() => counts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Such as <c>Attachment 4; Field 2</c>; empty where there is nothing.</summary>
    public override string ToString() => string.Join("; ", counts.Select(c => c.Key + " " + c.Value));
}
