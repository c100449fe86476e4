using System;
using System.Collections.Generic;
using System.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A tree of files, one for each item, in a directory for each folder. A name (<see cref="ItemFileName"/>) is known before the item is opened,
/// does not depend on what else is exported, and an item that is there is found by it. Files are written beside their place and
/// renamed. Several threads may write at once.
/// </summary>
public sealed class ItemFileTree
{
    private const string RtfEnding = ".rtf";

    private readonly object _lock = new();
    private readonly DirectoryTree _tree;
    private readonly ItemFileFormat _format;
    private readonly ItemFileOptions _options;
    private readonly string _ending;
    private readonly Dictionary<FolderPath, string> _directories = [];
    private readonly Dictionary<string, Dictionary<string, string>> _known = new(StringComparer.Ordinal);

    private ItemFileTree(DirectoryTree tree, ItemFileFormat format, ItemFileOptions options)
    {
        _tree = tree;
        _format = format;
        _options = options;
        _ending = format switch
        {
            ItemFileFormat.Eml => ".eml",
            ItemFileFormat.Html => ".html",
            ItemFileFormat.Text => ".txt",
            ItemFileFormat.Json => ".json",
            _ => "",
        };
    }

    /// <summary>The full path of the tree.</summary>
    public string Root => _tree.Root;

    /// <summary>Opens a tree, making its directory where it is missing.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static ItemFileTree Open(string path, ItemFileFormat format, ItemFileOptions? options = null) =>
        new(DirectoryTree.Open(path, create: true), format, options ?? new ItemFileOptions());

    /// <summary>Whether an item is there already and need not be opened. Attachments are looked at one by one.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public bool Contains(FolderPath folder, ItemKey key)
    {
        if (_options.Replace || _format == ItemFileFormat.Attachments)
        {
            return false;
        }

        lock (_lock)
        {
            return _known[DirectoryOf(folder)].ContainsKey(ItemFileName.IdOf(key));
        }
    }

    /// <summary>Writes an item; one that is there already is left alone unless it is to be replaced.</summary>
    /// <param name="folder">The folder it is in.</param>
    /// <param name="key">Where it comes from.</param>
    /// <param name="item">The item.</param>
    /// <exception cref="MailDataException">What reading the item throws; AccessDenied, DiskFull, TreeWriteFailed. No half file is left.</exception>
    public ExportedItem Write(FolderPath folder, ItemKey key, MapiItem item)
    {
        if (folder is null || item is null)
        {
            throw new ArgumentNullException(folder is null ? nameof(folder) : nameof(item));
        }

        DateTimeOffset? time = TreeMessage.TimeOf(item);
        string id = ItemFileName.IdOf(key);
        string path;
        lock (_lock)
        {
            string directory = DirectoryOf(folder);
            bool isKnown = _known[directory].TryGetValue(id, out string? name);
            if (isKnown && !_options.Replace && _format != ItemFileFormat.Attachments)
            {
                return ExportedItem.AlreadyThere;
            }

            path = Path.Combine(directory, name ?? ItemFileName.Make(directory, item.Subject, time, _options.TimeZone, id, _ending) + _ending);
        }

        if (_format == ItemFileFormat.Attachments)
        {
            return new AttachmentFiles(path, time, _options.Replace).Write(item);
        }

        IReadOnlyList<ItemLoss> losses = [];
        List<string> files = [path];
        long rtfBytes = 0;
        void KeepRtf(byte[] rtf)
        {
            string beside = Path.ChangeExtension(path, RtfEnding);
            rtfBytes = WholeFile.Write(beside, time, replace: true, s => s.Write(rtf, 0, rtf.Length));
            files.Add(beside);
        }

        long bytes = WholeFile.Write(path, time, _options.Replace, s => losses = Write(folder, key, item, s, KeepRtf));
        lock (_lock)
        {
            _known[Path.GetDirectoryName(path)!][id] = Path.GetFileName(path);
        }

        return new ExportedItem(ItemFate.Copied, files, bytes + rtfBytes, losses);
    }

    private IReadOnlyList<ItemLoss> Write(FolderPath folder, ItemKey key, MapiItem item, Stream stream, Action<byte[]> keepRtf) => _format switch
    {
        ItemFileFormat.Eml => MimeExport.Write(item, stream, TreeMessage.Options(new MimeExportOptions(), provenance: null)),
        ItemFileFormat.Html => HtmlExport.Write(item, stream, new HtmlExportOptions { TimeZone = _options.TimeZone, KeepRtf = keepRtf }),
        ItemFileFormat.Text => TextExport.Write(item, stream, new TextExportOptions { TimeZone = _options.TimeZone }),
        _ => JsonExport.Write(item, stream, folder, key, new JsonExportOptions { IncludeBinary = _options.IncludeBinary }),
    };

    /// <summary>The directory of a folder, made and looked through when it is first asked for.</summary>
    private string DirectoryOf(FolderPath folder)
    {
        if (!_directories.TryGetValue(folder, out string? directory))
        {
            directory = WholeFile.Guard(Root, () => _tree.Find(folder, FolderRole.None, "").Directory);
            _directories.Add(folder, directory);
            if (!_known.ContainsKey(directory))
            {
                _known.Add(directory, Look(directory));
            }
        }

        return directory;
    }

    private bool IsUnfinished(string name) =>
        name.EndsWith(_ending + Partial.Suffix, StringComparison.OrdinalIgnoreCase)
        || (_format == ItemFileFormat.Html && name.EndsWith(RtfEnding + Partial.Suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Which items a directory holds, by the ids in the names; clears away what a run that was killed left unfinished.</summary>
    private Dictionary<string, string> Look(string directory)
    {
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        bool isTree = _format == ItemFileFormat.Attachments;
        foreach (string name in isTree ? TreeFiles.Directories(directory) : TreeFiles.Files(directory))
        {
            if (!isTree && IsUnfinished(name))
            {
                Partial.Discard(LongPath.Of(Path.Combine(directory, name)));
            }
            else if (ItemFileName.FindId(name, _ending) is string id && (isTree || !Partial.DiscardEmpty(Path.Combine(directory, name))))
            {
                known[id] = name;
            }
        }

        return known;
    }
}
