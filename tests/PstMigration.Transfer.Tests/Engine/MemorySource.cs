using System.Globalization;
using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer.Tests;

/// <summary>A source made of folders and items in memory, which can be edited, moved and made to fail.</summary>
internal sealed class MemorySource(string storeKey = "memory:1") : IItemSource
{
    private readonly List<(SourceFolder Folder, List<MemoryItem> Items)> _folders = [];
    private readonly List<string> _opened = [];
    private int _lastId;

    public string Name => "memory";

    public string StoreKey => storeKey;

    public SourceTraits Traits { get; init; } = new();

    public SourceReport Report { get; set; } = SourceReport.Empty;

    /// <summary>Subjects of the items opened so far.</summary>
    public IReadOnlyList<string> Opened
    {
        get
        {
            lock (_opened)
            {
                return [.. _opened];
            }
        }
    }

    /// <summary>What listing a folder throws behind its items.</summary>
    public Func<FolderPath, Exception?> OnListed { get; set; } = _ => null;

    public IEnumerable<MemoryItem> Items => _folders.SelectMany(f => f.Items);

    public MemorySource Folder(string path, FolderRole role = FolderRole.None, string containerClass = "IPF.Note")
    {
        _folders.Add((new SourceFolder(new ItemKey(StoreKey, "f" + _folders.Count), FolderPath.Parse(path), role, containerClass, 0), []));
        return this;
    }

    public MemorySource Item(string subject, string messageClass = "IPM.Note", Exception? failure = null, string? version = "1")
    {
        MapiItem item = new();
        item.Properties.Set(PropertyTags.MessageClass, messageClass);
        item.Properties.Set(PropertyTags.Subject, subject);
        item.Properties.Set(PropertyTags.Body, "body of " + subject);
        item.Properties.Set(PropertyTags.InternetMessageId, "<" + subject + "@memory.invalid>");
        ItemKey key = new(StoreKey, (_lastId++).ToString(CultureInfo.InvariantCulture));
        _folders[^1].Items.Add(new MemoryItem(this, key, item, failure) { VersionText = version });
        return this;
    }

    /// <summary>Adds an item to the last folder.</summary>
    public MemorySource Add(MapiItem item, string? version = "1")
    {
        _folders[^1].Items.Add(new MemoryItem(this, new ItemKey(StoreKey, (_lastId++).ToString(CultureInfo.InvariantCulture)), item, null) { VersionText = version });
        return this;
    }

    /// <summary>Moves an item to another folder.</summary>
    public void Move(string subject, string folder)
    {
        MemoryItem item = Items.First(i => i.Item.Subject == subject);
        _folders.ForEach(f => f.Items.Remove(item));
        _folders.Single(f => f.Folder.Path.Equals(FolderPath.Parse(folder))).Items.Add(item);
    }

    /// <summary>Lists an item in the last folder too, where the row has another version of it.</summary>
    public MemorySource ListAgain(string subject, string version)
    {
        MemoryItem item = Items.First(i => i.Item.Subject == subject);
        _folders[^1].Items.Add(new MemoryItem(this, item.Key, item.Item, null) { VersionText = version });
        return this;
    }

    /// <summary>Deletes an item.</summary>
    public void Remove(MemoryItem item) => _folders.ForEach(f => f.Items.Remove(item));

    /// <summary>Changes the text of an item, and so its version.</summary>
    public void Edit(string subject, string body)
    {
        MemoryItem item = Items.First(i => i.Item.Subject == subject);
        item.Item.Properties.Set(PropertyTags.Body, body);
        item.VersionText = item.VersionText is null ? null : item.VersionText + "+";
    }

    public async IAsyncEnumerable<SourceFolder> ReadFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach ((SourceFolder folder, List<MemoryItem> items) in _folders)
        {
            yield return folder with { ItemCount = items.Count };
        }
    }

    public async IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (MemoryItem item in _folders.Single(f => f.Folder.Key == folder.Key).Items.ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }

        if (OnListed(folder.Path) is Exception failure)
        {
            throw failure;
        }
    }

    public ValueTask DisposeAsync() => default;

    internal void Note(string subject)
    {
        lock (_opened)
        {
            _opened.Add(subject);
        }
    }
}

/// <summary>An item of a <see cref="MemorySource"/>.</summary>
internal sealed class MemoryItem(MemorySource source, ItemKey key, MapiItem item, Exception? failure) : SourceItem(key, Describe(item))
{
    public MapiItem Item => item;

    public string? VersionText { get; set; }

    public override ItemVersion? Version => VersionText is null ? null : new ItemVersion(VersionText);

    /// <summary>What opening waits for.</summary>
    public Func<CancellationToken, Task> OnOpen { get; set; } = _ => Task.CompletedTask;

    public override async Task<MapiItem> OpenAsync(CancellationToken cancellationToken)
    {
        source.Note(item.Subject);
        await OnOpen(cancellationToken);
        return failure is null ? item : throw failure;
    }

    private static ItemSummary Describe(MapiItem item) => ItemSummary.Of(item) with { IsComplete = true };
}
