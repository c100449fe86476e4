using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A tree of mbox files as the end of a transfer: a directory for each folder, and in it a file of its name. New messages go behind a copy of what
/// is there, beside it, which takes its place in <see cref="CompleteAsync"/>; without that nothing is changed. Messages carry
/// their markers, so that a second run writes nothing twice.
/// </summary>
public sealed class MboxTarget : IItemTarget, IDisposable
{
    private readonly DirectoryTree _tree;
    private readonly MailTreeOptions _options;
    private readonly HashSet<string> _markers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly List<string> _completed = [];
    private FileStream? _open;
    private string _openPath = "";

    private MboxTarget(DirectoryTree tree, MailTreeOptions options)
    {
        _tree = tree;
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => _tree.Root;

    /// <summary>Full paths of the files <see cref="CompleteAsync"/> put in their places.</summary>
    public IReadOnlyList<string> CompletedFiles => _completed;

    /// <summary>Opens a tree, making its directory where it is missing, and reads which items its files hold.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, TreeWriteFailed.</exception>
    public static MboxTarget Open(string path, MailTreeOptions? options = null)
    {
        MboxTarget target = new(DirectoryTree.Open(path, create: true), options ?? new MailTreeOptions());
        foreach (DirectoryFolder folder in target._tree.Folders)
        {
            string file = MboxLayout.FileOf(target.Name, folder.Directory);
            if (File.Exists(LongPath.Of(file)))
            {
                target.Index(file);
            }
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
        return Task.FromResult<TargetFolder>(_tree.Find(path, role, containerClass ?? ""));
    }

    /// <inheritdoc/>
    public Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken) => Task.FromResult(_markers.Contains(marker.Value));

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
    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Close();
        foreach (string path in _begun)
        {
            TreeFiles.Write(path, p => Partial.Replace(p));
            _completed.Add(path);
        }

        _begun.Clear();
        return Task.CompletedTask;
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        Close();
        foreach (string path in _begun)
        {
            Partial.Discard(LongPath.Of(path) + Partial.Suffix);
        }

        _begun.Clear();
    }

    private WriteResult Write(DirectoryFolder folder, MapiItem item, ItemProvenance provenance)
    {
        string path = MboxLayout.FileOf(Name, folder.Directory);
        FileStream? stream = null;
        long start = 0;
        try
        {
            stream = Open(path);
            start = stream.Position;
            IReadOnlyList<ItemLoss> losses = MboxWriter.Write(item, stream, TreeMessage.Options(_options.Mime, provenance));
            _markers.Add(provenance.Marker.Value);
            string id = TreeFiles.StoreKey("mbox", Name);
            return WriteResult.Copied(new ItemKey(id, EmlTreeSource.IdOf(Name, folder.Directory, "") + "@" + start.ToString(System.Globalization.CultureInfo.InvariantCulture)), losses);
        }
        catch (MailDataException e) when (stream is not null && e.Id != "TreeWriteFailed")
        {
            // What was begun is taken back: the next message starts where this one did.
            stream.SetLength(start);
            return WriteResult.Failed(e.Id, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TreeFiles.WriteFailed(path, e);
        }
    }

    private FileStream Open(string path)
    {
        if (_open is not null && _openPath == path)
        {
            return _open;
        }

        Close();
        string full = LongPath.Of(path);
        if (_begun.Add(path))
        {
            if (File.Exists(full))
            {
                File.Copy(full, full + Partial.Suffix, overwrite: true);
            }
            else
            {
                Partial.Create(full).Dispose();
            }
        }

        _open = new FileStream(full + Partial.Suffix, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 256 * 1024);
        _openPath = path;
        EndWithEmptyLine(_open);
        return _open;
    }

    /// <summary>Other programs may leave the last message without the empty line the next one needs before it.</summary>
    private static void EndWithEmptyLine(FileStream stream)
    {
        byte[] last = new byte[2];
        stream.Position = Math.Max(0, stream.Length - 2);
        int length = stream.Read(last, 0, 2);
        stream.Position = stream.Length;
        bool endsLine = length > 0 && last[length - 1] == '\n';
        bool endsEmpty = endsLine && length == 2 && last[0] == '\n';
        for (int i = length == 0 || endsEmpty ? 0 : endsLine ? 1 : 2; i > 0; i--)
        {
            stream.WriteByte((byte)'\n');
        }
    }

    private void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    private void Index(string path)
    {
        foreach (MboxMessage message in MboxReader.Read(path))
        {
            if (message.Head.Marker is ItemMarker marker)
            {
                _markers.Add(marker.Value);
            }
        }
    }
}
