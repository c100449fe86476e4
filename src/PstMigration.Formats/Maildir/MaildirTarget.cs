using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A Maildir with the folders of Maildir++ as the end of a transfer: what Dovecot, Courier, mutt and others read. Messages have line
/// feeds at the end of lines, their flags in the name, and the time they were received as the time of the file. Each is written in <c>tmp</c> and
/// moved; its name holds its marker, so that a second run writes nothing twice. Items may be written by several threads.
/// </summary>
public sealed class MaildirTarget : IItemTarget
{
    private const int HeadSize = 2048;
    private static readonly char s_separator = Path.DirectorySeparatorChar == '\\' ? ';' : ':';

    private readonly object _lock = new();
    private readonly MaildirTree _tree;
    private readonly MailTreeOptions _options;
    private readonly HashSet<string> _markers = new(StringComparer.Ordinal);

    private MaildirTarget(MaildirTree tree, MailTreeOptions options)
    {
        _tree = tree;
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => _tree.Root;

    /// <summary>Opens a Maildir, making it where it is missing, and learns from its names which items it holds.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, TreeWriteFailed.</exception>
    public static MaildirTarget Open(string path, MailTreeOptions? options = null)
    {
        MaildirTarget target = new(MaildirTree.Open(path, create: true), options ?? new MailTreeOptions());
        foreach (MaildirFolder folder in target._tree.Folders)
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
            return Task.FromResult<TargetFolder>(_tree.Find(path, role, containerClass ?? ""));
        }
    }

    /// <inheritdoc/>
    public Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_markers.Contains(Fold(marker)));
        }
    }

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (folder is not MaildirFolder target || item is null || provenance is null)
        {
            throw new ArgumentException("A folder of this target, an item and its provenance are needed.", nameof(folder));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Write(target, item, provenance));
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private WriteResult Write(MaildirFolder folder, MapiItem item, ItemProvenance provenance)
    {
        DateTimeOffset? time = TreeMessage.TimeOf(item);
        MaildirName name = new(MaildirName.Make(time ?? default, provenance.Marker.Value), MailState.Of(item));
        string unfinished = LongPath.Of(Path.Combine(folder.Directory, "tmp", name.Unique));
        string path = LongPath.Of(Path.Combine(folder.Directory, "cur", name.Format(s_separator)));
        try
        {
            IReadOnlyList<ItemLoss> losses;
            using (FileStream stream = new(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 128 * 1024))
            using (LineFeedStream lines = new(stream))
            {
                losses = MimeExport.Write(item, lines, TreeMessage.Options(_options.Mime, provenance));
            }

            TreeMessage.SetTime(unfinished, time);
            File.Move(unfinished, path);
            lock (_lock)
            {
                _markers.Add(Fold(provenance.Marker));
            }

            return WriteResult.Copied(new ItemKey(TreeFiles.StoreKey("maildir", Name), name.Unique), losses);
        }
        catch (MailDataException e)
        {
            Partial.Discard(unfinished);
            return WriteResult.Failed(e.Id, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Partial.Discard(unfinished);
            throw TreeFiles.WriteFailed(path, e);
        }
    }

    private void Index(string directory)
    {
        foreach (string part in MaildirFolder.Parts)
        {
            string folder = Path.Combine(directory, part);
            foreach (string file in Directory.Exists(LongPath.Of(folder)) ? TreeFiles.Files(folder) : [])
            {
                // A program that copies mail between folders gives it a name of its own; the header stays.
                string? marker = MaildirName.MarkerOf(MaildirName.Parse(file).Unique)
                    ?? (MessageHead.Read(Path.Combine(folder, file), HeadSize).Marker is ItemMarker known ? Fold(known) : null);
                if (marker is not null)
                {
                    _markers.Add(marker);
                }
            }
        }

        string unfinished = Path.Combine(directory, "tmp");
        foreach (string file in Directory.Exists(LongPath.Of(unfinished)) ? TreeFiles.Files(unfinished) : [])
        {
            if (MaildirName.MarkerOf(file) is not null)
            {
                Partial.Discard(LongPath.Of(Path.Combine(unfinished, file)));
            }
        }
    }

    private static string Fold(ItemMarker marker) => marker.Value.Substring(0, MaildirName.MarkerLength);
}
