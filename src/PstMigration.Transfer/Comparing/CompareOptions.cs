using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What is compared, and how.</summary>
public sealed record CompareOptions
{
    /// <summary>Which folders and items of the source.</summary>
    public ItemFilter Filter { get; init; } = ItemFilter.All;

    /// <summary>The folder of the target below which everything was put; null where Inbox went to Inbox and the others beside it by name.</summary>
    public FolderPath? TargetRoot { get; init; }

    /// <summary>Tells of which item each copy in the target is one, so that an edited copy is known as such; null where the target does not remember.</summary>
    public ICopyLister? Copies { get; init; }

    /// <summary>Stores whose copies count besides those of the source: of a source in several files those of the others.</summary>
    public IReadOnlyList<string> MoreStores { get; init; } = [];

    /// <summary>The same as folded keys (<see cref="Fold"/>): of each item of the target the one of the source it is a copy of. For who has written them just now.</summary>
    public IReadOnlyDictionary<Guid, Guid> Origins { get; init; } = new Dictionary<Guid, Guid>();

    /// <summary>Knows where the target puts a folder; null where that is where its names say.</summary>
    public IFolderFinder? Folders { get; init; }

    /// <summary>Tells what the target's folders hold; null where it does not keep that.</summary>
    public IFolderClasses? Classes { get; init; }

    /// <summary>Whether an item, by its key and its message class, was not taken, which was told then: it is skipped, not missing.</summary>
    public Func<ItemKey, string, bool> IsExcused { get; init; } = (_, _) => false;

    /// <summary>Whether an item, by its key, is an older version of one the source, or another one, has as well: where the target does not have it, it is skipped, not missing.</summary>
    public Func<ItemKey, bool> IsOlder { get; init; } = _ => false;

    /// <summary>In which parts an item, by its key, may differ, as was told when it was written; besides what <see cref="Copies"/> tells of it.</summary>
    public Func<ItemKey, ItemPart> Told { get; init; } = _ => ItemPart.None;

    /// <summary>Whether an item, by its key, is right in any folder of the target.</summary>
    public Func<ItemKey, bool> IsAnywhere { get; init; } = _ => false;

    /// <summary>How many items are opened at once.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Is told how many items were read so far, of how many as far as that is known.</summary>
    public Action<long, long> OnProgress { get; init; } = (_, _) => { };

    /// <summary>Is told of each folder, at either end, that could not be listed, or not to its end.</summary>
    public Action<SourceFolder, MailDataException> OnFolderUnreadable { get; init; } = (_, _) => { };

    /// <summary>Is told of every item, the same ones too; on one thread.</summary>
    public Action<ComparedItem> OnItem { get; init; } = _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
