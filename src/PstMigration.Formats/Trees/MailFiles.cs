using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Opens files of mail as sources of items, and tells what kind they are.</summary>
public static class MailFiles
{
    private const string MessageEnding = ".eml";
    private const int MaximumDepth = 64;

    /// <summary>Opens a file or a directory of mail.</summary>
    /// <param name="path">The path.</param>
    /// <param name="kind">What it is; null to find out.</param>
    /// <exception cref="MailDataException">MailFilesNotRecognized, SourceUnreadable.</exception>
    public static IItemSource Open(string path, MailFileKind? kind = null)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        string full = Path.GetFullPath(path);
        if (kind is MailFileKind known && Directory.Exists(LongPath.Of(full)) && !Holds(full, known))
        {
            throw new MailDataException("MailFilesNotRecognized", string.Format(Strings.Culture, Strings.MailFilesNotOfKind, path, known));
        }

        return (kind ?? Detect(full)) switch
        {
            MailFileKind.Eml => EmlTreeSource.Open(full),
            MailFileKind.Mbox => MboxSource.Open(full),
            MailFileKind.Maildir => MaildirSource.Open(full),
            _ => throw new MailDataException("MailFilesNotRecognized", string.Format(Strings.Culture, Strings.MailFilesNotRecognized, path)),
        };
    }

    /// <summary>
    /// What a path is: a directory with <c>cur</c> and <c>new</c> is a Maildir, one with .eml files at any depth a tree of these, any other with an mbox file a
    /// tree of those; a file is what it is called or how it begins. Null for what is none of them.
    /// </summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MailFileKind? Detect(string path)
    {
        string full = Path.GetFullPath(path);
        if (!Directory.Exists(LongPath.Of(full)))
        {
            return full.EndsWith(MessageEnding, StringComparison.OrdinalIgnoreCase) ? MailFileKind.Eml
                : MboxSource.IsMbox(full) ? MailFileKind.Mbox
                : null;
        }

        return MaildirSource.IsMaildir(full) ? MailFileKind.Maildir
            : HasMessages(full) ? MailFileKind.Eml
            : Holds(full, MailFileKind.Mbox) ? MailFileKind.Mbox
            : null;
    }

    /// <summary>
    /// Whether there is anything of a kind in a directory. Of a Maildir one of its parts is enough: programs that copy and pack leave empty
    /// directories out.
    /// </summary>
    private static bool Holds(string directory, MailFileKind kind) => kind switch
    {
        MailFileKind.Eml => HasMessages(directory),
        MailFileKind.Mbox => MboxLayout.Find(directory).Any(f => f.File.Length > 0),
        _ => MaildirFolder.Parts.Any(n => Directory.Exists(LongPath.Of(Path.Combine(directory, n)))),
    };

    private static bool HasMessages(string root)
    {
        Stack<(string Directory, int Depth)> open = new([(root, 0)]);
        while (open.Count > 0)
        {
            (string directory, int depth) = open.Pop();
            if (TreeFiles.Files(directory).Any(n => n.EndsWith(MessageEnding, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }

            foreach (string child in depth < MaximumDepth ? TreeFiles.Directories(directory) : [])
            {
                open.Push((Path.Combine(directory, child), depth + 1));
            }
        }

        return false;
    }
}
