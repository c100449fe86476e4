using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A tree of .eml files as the end of a transfer: a directory for each folder, a file <c>2026-03-01 0930 Subject.eml</c> for each item, with the
/// item's time. Each file is written beside its place and renamed, and carries its marker: a run that was killed leaves
/// no half file, and the next one writes nothing twice. Items may be written by several threads.
/// </summary>
public sealed class EmlTreeTarget : IItemTarget
{
    private const string Ending = ".eml";

    /// <summary>UTF-16 units of a file's name at most, its ending apart.</summary>
    private const int NameLength = 100;

    /// <summary>The time, and enough of a subject to tell one from another.</summary>
    private const int LeastNameLength = 30;

    /// <summary>Our headers are the first of a file.</summary>
    private const int HeadSize = 2048;

    private readonly object _lock = new();
    private readonly DirectoryTree _tree;
    private readonly MailTreeOptions _options;
    private readonly HashSet<string> _markers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UniqueNames> _names = new(StringComparer.Ordinal);

    private EmlTreeTarget(DirectoryTree tree, MailTreeOptions options)
    {
        _tree = tree;
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => _tree.Root;

    /// <summary>Opens a tree, making its directory where it is missing, and reads from its files which items it holds.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">How to write.</param>
    /// <exception cref="MailDataException">SourceUnreadable, TreeWriteFailed.</exception>
    public static EmlTreeTarget Open(string path, MailTreeOptions? options = null)
    {
        EmlTreeTarget target = new(DirectoryTree.Open(path, create: true), options ?? new MailTreeOptions());
        foreach (DirectoryFolder folder in target._tree.Folders)
        {
            target.Index(folder.Directory);
        }

        return target;
    }

    /// <inheritdoc/>
    public WriteResult? Refuse(string messageClass) => null;

    /// <inheritdoc/>
    public Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DirectoryFolder folder = _tree.Find(path, role, containerClass ?? "");
            if (!_names.ContainsKey(folder.Directory))
            {
                _names.Add(folder.Directory, new UniqueNames());
            }

            return Task.FromResult<TargetFolder>(folder);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_markers.Contains(marker.Value));
        }
    }

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (folder is not DirectoryFolder target || item is null || provenance is null)
        {
            throw new ArgumentException("A folder of this target, an item and its provenance are needed.", nameof(folder));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Write(target, item, provenance));
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private WriteResult Write(DirectoryFolder folder, MapiItem item, ItemProvenance provenance)
    {
        DateTimeOffset? time = TreeMessage.TimeOf(item);
        string name = TakeName(folder.Directory, item.Subject, time);
        string path = LongPath.Of(Path.Combine(folder.Directory, name));
        try
        {
            IReadOnlyList<ItemLoss> losses;
            using (FileStream stream = Partial.Create(path))
            {
                losses = MimeExport.Write(item, stream, TreeMessage.Options(_options.Mime, provenance));
            }

            TreeMessage.SetTime(path + Partial.Suffix, time);
            Partial.Finish(path);
            lock (_lock)
            {
                _markers.Add(provenance.Marker.Value);
            }

            return WriteResult.Copied(new ItemKey(TreeFiles.StoreKey("eml", Name), EmlTreeSource.IdOf(Name, folder.Directory, name)), losses);
        }
        catch (MailDataException e)
        {
            Partial.Discard(path + Partial.Suffix);
            return WriteResult.Failed(e.Id, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Partial.Discard(path + Partial.Suffix);
            throw TreeFiles.WriteFailed(path, e);
        }
    }

    private string TakeName(string directory, string subject, DateTimeOffset? time)
    {
        int room = LongPath.NameLength(directory, NameLength, LeastNameLength + Ending.Length + Partial.Suffix.Length) - Ending.Length;
        string stamp = time is DateTimeOffset known
            ? TimeZoneInfo.ConvertTime(known, _options.Zone).ToString("yyyy-MM-dd HHmm ", CultureInfo.InvariantCulture)
            : "";
        string stem = SafeName.Make(stamp + subject, room, Strings.ItemUnnamed);
        lock (_lock)
        {
            return _names[directory].Take(stem, Ending);
        }
    }

    /// <summary>Notes the names and markers of a directory, and clears away what a run that was killed left unfinished.</summary>
    private void Index(string directory)
    {
        UniqueNames names = new();
        _names.Add(directory, names);
        IReadOnlyList<string> files = TreeFiles.Files(directory);
        foreach (string name in TreeFiles.Names(directory).Except(files))
        {
            names.Add(name);
        }

        foreach (string name in files)
        {
            string path = Path.Combine(directory, name);
            if (name.EndsWith(Ending + Partial.Suffix, StringComparison.OrdinalIgnoreCase))
            {
                Partial.Discard(LongPath.Of(path));
                continue;
            }

            names.Add(name);
            if (name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && MessageHead.Read(path, HeadSize).Marker is ItemMarker marker)
            {
                _markers.Add(marker.Value);
            }
        }
    }
}
