using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A tree of .eml files as the end of a transfer: a directory for each folder, a file for each item (<see cref="ItemFileName"/>), with the
/// item's time. Each file is written beside its place and renamed: a run that was killed leaves no half file. Items may be
/// written by several threads.
/// </summary>
public sealed class EmlTreeTarget : MailTreeTarget
{
    private const string Ending = ".eml";

    /// <summary>Our headers are the first of a file.</summary>
    private const int HeadSize = 2048;

    private readonly DirectoryTree _tree;
    private readonly ConcurrentDictionary<string, UniqueNames> _names = new(StringComparer.Ordinal);

    private EmlTreeTarget(DirectoryTree tree, MailTreeOptions? options)
        : base(tree.Root, options) => _tree = tree;

    /// <summary>Opens a tree, making its directory where it is missing, and reads from its files which items it holds.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">How to write.</param>
    /// <exception cref="MailDataException">SourceUnreadable, TreeWriteFailed.</exception>
    public static EmlTreeTarget Open(string path, MailTreeOptions? options = null)
    {
        EmlTreeTarget target = new(DirectoryTree.Open(path, create: true), options);
        foreach (DirectoryFolder folder in target._tree.Folders)
        {
            target.Index(folder.Directory);
        }

        return target;
    }

    private protected override TargetFolder Find(FolderPath path, FolderRole role, string containerClass)
    {
        DirectoryFolder folder = _tree.Find(path, role, containerClass);
        _names.TryAdd(folder.Directory, new UniqueNames());
        return folder;
    }

    private protected override WriteResult Write(TargetFolder folder, MapiItem item, ItemProvenance provenance)
    {
        string directory = Own<DirectoryFolder>(folder).Directory;
        DateTimeOffset? time = TreeMessage.TimeOf(item);
        string name = TakeName(directory, item.Subject, time, provenance.Key);
        IReadOnlyList<ItemLoss> losses = [];
        WholeFile.Write(Path.Combine(directory, name), time, replace: false, s => losses = MimeExport.Write(item, s, Mime(provenance)));
        return WriteResult.Copied(new ItemKey(TreeFiles.StoreKey("eml", Name), EmlTreeSource.IdOf(Name, directory, name)), losses);
    }

    /// <summary>An item that has changed since an earlier run gets a file of its own, with a number.</summary>
    private string TakeName(string directory, string subject, DateTimeOffset? time, ItemKey key)
    {
        string stem = ItemFileName.Make(directory, subject, time, Options.Zone, ItemFileName.IdOf(key), Ending);
        UniqueNames names = _names[directory];
        lock (names)
        {
            return names.Take(stem, Ending);
        }
    }

    /// <summary>Notes the names and markers of a directory, and clears away what a run that was killed left unfinished.</summary>
    private void Index(string directory)
    {
        UniqueNames names = new();
        _names[directory] = names;
        foreach (string name in TreeFiles.Files(directory))
        {
            string path = Path.Combine(directory, name);
            if (name.EndsWith(Ending + Partial.Suffix, StringComparison.OrdinalIgnoreCase))
            {
                Partial.Discard(LongPath.Of(path));
                continue;
            }

            bool isMail = name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);
            if (isMail && ItemFileName.FindId(name, Ending) is not null && Partial.DiscardEmpty(path))
            {
                continue;
            }

            names.Add(name);
            if (isMail && MessageHead.Read(path, HeadSize).Marker is ItemMarker marker)
            {
                Note(marker.Value);
            }
        }
    }
}
