using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Transfer.Tests;

/// <summary>A source made of folders and items in memory; an item may be told to fail when opened.</summary>
internal sealed class MemorySource : IItemSource
{
    private readonly List<(SourceFolder Folder, List<Entry> Items)> _folders = [];

    public string Name => "memory";

    public string StoreKey => "memory:1";

    public List<string> Opened { get; } = [];

    public MemorySource Folder(string path, FolderRole role = FolderRole.None, string containerClass = "IPF.Note")
    {
        FolderPath parsed = FolderPath.Parse(path);
        _folders.Add((new SourceFolder(new ItemKey(StoreKey, "f" + _folders.Count), parsed, role, containerClass, 0), []));
        return this;
    }

    public MemorySource Item(string subject, string messageClass = "IPM.Note", Exception? failure = null)
    {
        MapiItem item = new();
        item.Properties.Set(PropertyTags.MessageClass, messageClass);
        item.Properties.Set(PropertyTags.Subject, subject);
        item.Properties.Set(PropertyTags.Body, "body of " + subject);
        string id = _folders.Sum(f => f.Items.Count).ToString(CultureInfo.InvariantCulture);
        _folders[^1].Items.Add(new Entry(this, new ItemKey(StoreKey, id), item, failure));
        return this;
    }

    public async IAsyncEnumerable<SourceFolder> ReadFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach ((SourceFolder folder, _) in _folders)
        {
            yield return folder;
        }
    }

    public async IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (Entry entry in _folders.Single(f => f.Folder == folder).Items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private sealed class Entry(MemorySource source, ItemKey key, MapiItem item, Exception? failure)
        : SourceItem(key, item.MessageClass, item.Subject)
    {
        public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken)
        {
            source.Opened.Add(Subject);
            return failure is null ? Task.FromResult(item) : Task.FromException<MapiItem>(failure);
        }
    }
}
