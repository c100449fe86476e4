using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A tree of mbox files as the end of a transfer: a directory for each folder, and in it a file of its name. New messages go behind a copy of what
/// is there, beside it, which is flushed to the disk and takes its place in <see cref="CompleteAsync"/>; without that nothing is changed.
/// For one thread.
/// </summary>
public sealed class MboxTarget : MailTreeTarget, IDisposable
{
    private readonly DirectoryTree _tree;
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly List<string> _completed = [];
    private FileStream? _open;
    private string _openPath = "";

    private MboxTarget(DirectoryTree tree, MailTreeOptions? options)
        : base(tree.Root, options) => _tree = tree;

    /// <summary>Full paths of the files <see cref="CompleteAsync"/> put in their places.</summary>
    public IReadOnlyList<string> CompletedFiles => _completed;

    /// <summary>Opens a tree, making its directory where it is missing, and reads which items its files hold.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, TreeWriteFailed.</exception>
    public static MboxTarget Open(string path, MailTreeOptions? options = null)
    {
        MboxTarget target = new(DirectoryTree.Open(path, create: true), options);
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
    public override Task CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WholeFile.Guard(_openPath, Close);
        foreach (string path in _begun)
        {
            WholeFile.Guard(path, () => Partial.Finish(LongPath.Of(path), replace: true));
            _completed.Add(path);
        }

        _begun.Clear();
        return Task.CompletedTask;
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        _open?.Dispose();
        _open = null;
        foreach (string path in _begun)
        {
            Partial.Discard(LongPath.Of(path) + Partial.Suffix);
        }

        _begun.Clear();
    }

    private protected override TargetFolder Find(FolderPath path, FolderRole role, string containerClass) => _tree.Find(path, role, containerClass);

    private protected override WriteResult Write(TargetFolder folder, MapiItem item, ItemProvenance provenance)
    {
        string directory = Own<DirectoryFolder>(folder).Directory;
        string path = MboxLayout.FileOf(Name, directory);
        return WholeFile.Guard(path, () =>
        {
            FileStream stream = Open(path);
            long start = stream.Position;
            try
            {
                IReadOnlyList<ItemLoss> losses = MboxWriter.Write(item, stream, Mime(provenance));
                string id = EmlTreeSource.IdOf(Name, directory, "") + "@" + start.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return WriteResult.Copied(new ItemKey(TreeFiles.StoreKey("mbox", Name), id), losses);
            }
            catch (MailDataException)
            {
                // What was begun is taken back: the next message starts where this one did.
                stream.SetLength(start);
                throw;
            }
        });
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

    /// <summary>A file takes another's place later: by then it has to be on the disk, or a loss of power would cost both.</summary>
    private void Close()
    {
        _open?.Flush(flushToDisk: true);
        _open?.Dispose();
        _open = null;
    }

    private void Index(string path)
    {
        foreach (MboxMessage message in MboxReader.Read(path))
        {
            if (message.Head.Marker is ItemMarker marker)
            {
                Note(marker.Value);
            }
        }
    }
}
