using System;
using System.Collections.Generic;
using System.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A Maildir with the folders of Maildir++ as the end of a transfer: what Dovecot, Courier, mutt and others read. Messages have line
/// feeds at the end of lines, their flags in the name, and the time they were received as the time of the file. Each is written in <c>tmp</c> and
/// moved; its name holds its marker. Items may be written by several threads.
/// </summary>
public sealed class MaildirTarget : MailTreeTarget
{
    private const int HeadSize = 2048;
    private static readonly char s_separator = Path.DirectorySeparatorChar == '\\' ? ';' : ':';

    private readonly MaildirTree _tree;

    private MaildirTarget(MaildirTree tree, MailTreeOptions? options)
        : base(tree.Root, options) => _tree = tree;

    /// <summary>Opens a Maildir, making it where it is missing, and learns from its names which items it holds.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, TreeWriteFailed.</exception>
    public static MaildirTarget Open(string path, MailTreeOptions? options = null)
    {
        MaildirTarget target = new(MaildirTree.Open(path, create: true), options);
        foreach (MaildirFolder folder in target._tree.Folders)
        {
            target.Index(folder.Directory);
        }

        return target;
    }

    private protected override TargetFolder Find(FolderPath path, FolderRole role, string containerClass) => _tree.Find(path, role, containerClass);

    private protected override WriteResult Write(TargetFolder folder, MapiItem item, ItemProvenance provenance)
    {
        string directory = Own<MaildirFolder>(folder).Directory;
        DateTimeOffset? time = TreeMessage.TimeOf(item);
        MaildirName name = new(MaildirName.Make(time ?? default, provenance.Marker.Value), MailState.Of(item));
        string unfinished = Path.Combine(directory, "tmp", name.Unique);
        IReadOnlyList<ItemLoss> losses = [];
        WholeFile.Write(Path.Combine(directory, "cur", name.Format(s_separator)), unfinished, time, replace: false, s =>
        {
            using LineFeedStream lines = new(s);
            losses = MimeExport.Write(item, lines, Mime(provenance));
        });
        return WriteResult.Copied(new ItemKey(TreeFiles.StoreKey("maildir", Name), name.Unique), losses);
    }

    private protected override string Fold(ItemMarker marker) => marker.Value.Substring(0, MaildirName.MarkerLength);

    private void Index(string directory)
    {
        foreach (string part in MaildirFolder.Parts)
        {
            string folder = Path.Combine(directory, part);
            foreach (string file in Directory.Exists(LongPath.Of(folder)) ? TreeFiles.Files(folder) : [])
            {
                // A program that copies mail between folders gives it a name of its own; the header stays.
                string path = Path.Combine(folder, file);
                string? own = MaildirName.MarkerOf(MaildirName.Parse(file).Unique);
                string? marker = own is null && MessageHead.Read(path, HeadSize).Marker is ItemMarker known ? Fold(known) : own;
                if (marker is not null && (own is null || !Partial.DiscardEmpty(path)))
                {
                    Note(marker);
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
}
