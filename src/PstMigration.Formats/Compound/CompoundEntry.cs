using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A storage or a stream of a compound file.</summary>
internal sealed class CompoundEntry(string name, bool isStorage, Func<BinarySource>? open)
{
    private BinarySource? _content;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it holds others.</summary>
    public bool IsStorage { get; } = isStorage;

    /// <summary>The bytes of a stream; null for a storage.</summary>
    public BinarySource? Content => _content ??= open?.Invoke();

    /// <summary>What a storage holds.</summary>
    public List<CompoundEntry> Children { get; } = [];

    /// <summary>Finds a child; names compare without case.</summary>
    public CompoundEntry? Find(string child) => Children.FirstOrDefault(c => c.Name.Equals(child, StringComparison.OrdinalIgnoreCase));
}
