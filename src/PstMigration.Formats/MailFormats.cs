using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The formats of files of mail and of files made for reading.</summary>
public static class MailFormats
{
    /// <summary>A .eml file for each item; read from one file too, and from the .emlx files of Apple Mail.</summary>
    public static ItemFormat Eml { get; } = new EmlFormat();

    /// <summary>A Maildir with the folders of Maildir++; read with folders in directories too.</summary>
    public static ItemFormat Maildir { get; } = new MaildirFormat();

    /// <summary>A file for each folder, messages one behind another (mboxrd); read in any flavour, and from one file too.</summary>
    public static ItemFormat Mbox { get; } = new MboxFormat();

    /// <summary>A directory that holds mail of several of these formats; only read.</summary>
    public static ItemFormat Mixed { get; } = new MixedFormat();

    /// <summary>An HTML document for each item that is safe to open.</summary>
    public static ItemFormat Html { get; } = new TreeFormat("Html", ".html", o => new HtmlContent(o), i => HtmlExport.Write(i, Stream.Null));

    /// <summary>A text file for each item.</summary>
    public static ItemFormat Text { get; } = new TreeFormat("Text", ".txt", o => new TextContent(o), i => TextExport.Write(i, Stream.Null));

    /// <summary>A JSON document for each item.</summary>
    public static ItemFormat Json { get; } = new TreeFormat("Json", ".json", o => new JsonContent(o));

    /// <summary>A table, one row an item.</summary>
    public static ItemFormat Csv { get; } = new CsvFormat();

    /// <summary>A directory for each item with the files attached to it.</summary>
    public static ItemFormat Attachment { get; } = new TreeFormat("Attachment", null, _ => new AttachmentContent());

    /// <summary>
    /// All of them, in the order in which a path is asked what it is: a directory with <c>cur</c> and <c>new</c>, or with directories of these, is a Maildir, one with .eml files at any depth a
    /// tree of these, any other with an mbox file a tree of those; a file is what it is called or how it begins.
    /// </summary>
    public static IReadOnlyList<ItemFormat> All { get; } = [Maildir, Eml, Mbox, Html, Text, Json, Csv, Attachment];

    /// <summary>The format, made for people to read, of a directory this project has written; null for any other.</summary>
    /// <exception cref="IOException">The directory cannot be listed.</exception>
    public static ItemFormat? MadeForReading(string directory)
    {
        // A backup has its tree one level below.
        string[] files = [.. Directory.EnumerateFiles(LongPath.Of(directory), "*", SearchOption.AllDirectories)];
        return Array.Exists(files, f => Path.GetFileName(f) == ItemLedger.FileName) ? Array.Find([Html, Text, Json], format => Array.Exists(files, format.Detect)) : null;
    }

    /// <summary>A format of files of mail, which is read too. A directory it is named for has to hold something of it.</summary>
    private abstract class ReadFormat(string id, params string[] extensions) : ItemFormat(id, extensions)
    {
        public sealed override bool CanRead => true;

        public sealed override bool CanWrite => true;

        public sealed override IReadOnlyList<ItemLoss> Predict(MapiItem item) => MimeExport.Write(item, Stream.Null);

        public sealed override IItemSource OpenSource(string path, ItemSourceOptions options)
        {
            string full = Path.GetFullPath(path);
            return Directory.Exists(LongPath.Of(full)) && !IsIn(full)
                ? throw new MailDataException(FormatErrorIds.MailFilesNotRecognized, string.Format(Strings.Culture, Strings.MailFilesNotOfKind, path, Id))
                : Open(full, options ?? new ItemSourceOptions());
        }

        /// <summary>Whether a directory holds something of it.</summary>
        protected abstract bool IsIn(string directory);

        protected abstract IItemSource Open(string path, ItemSourceOptions options);
    }

    private sealed class EmlFormat() : ReadFormat("Eml", ".eml", ".emlx")
    {
        public override bool Detect(string path) => Directory.Exists(LongPath.Of(path)) ? IsIn(path) : base.Detect(path);

        public override IItemTarget OpenTarget(string path, ItemTargetOptions options) => TreeTarget.Open(path, new EmlContent(), options);

        protected override IItemSource Open(string path, ItemSourceOptions options) => EmlTreeSource.Open(path, options);

        protected override bool IsIn(string directory)
        {
            Stack<(string Directory, int Depth)> open = new([(directory, 0)]);
            while (open.Count > 0)
            {
                (string at, int depth) = open.Pop();
                if (Look(at, depth) is not DirectoryContent content)
                {
                    continue;
                }

                if (content.Files.Select(f => f.Name).Concat(content.Lost).Any(base.Detect))
                {
                    return true;
                }

                foreach (string child in content.Directories.Where(d => !ItemFileName.IsOfDocument(d)))
                {
                    open.Push((Path.Combine(at, child), depth + 1));
                }
            }

            return false;
        }

        private static DirectoryContent? Look(string directory, int depth)
        {
            try
            {
                return TreeFiles.List(directory);
            }
            catch (MailDataException) when (depth > 0)
            {
                return null;
            }
        }
    }

    private sealed class MaildirFormat() : ReadFormat("Maildir")
    {
        public override bool Detect(string path) => MaildirSource.IsMaildir(path);

        public override IItemTarget OpenTarget(string path, ItemTargetOptions options) => MaildirTarget.Open(path, options);

        protected override IItemSource Open(string path, ItemSourceOptions options) => MaildirSource.Open(path, options);

        // One of its parts is enough where it is named: programs that copy and pack leave empty directories out.
        protected override bool IsIn(string directory) =>
            MaildirFolder.PartNames.Any(n => Directory.Exists(LongPath.Of(Path.Combine(directory, n)))) || MaildirSource.IsMaildir(directory);
    }

    private sealed class MboxFormat() : ReadFormat("Mbox", ".mbox")
    {
        public override bool Detect(string path) => Directory.Exists(LongPath.Of(path)) ? IsIn(path) : MboxSource.IsMbox(path);

        public override IItemTarget OpenTarget(string path, ItemTargetOptions options) => MboxTarget.Open(path, options);

        protected override IItemSource Open(string path, ItemSourceOptions options) => MboxSource.Open(path, options);

        protected override bool IsIn(string directory) => MboxLayout.Find(directory).Any(f => f.IsSure);
    }

    /// <summary>What is read by what each part of it is.</summary>
    private sealed class MixedFormat() : ItemFormat("Mixed")
    {
        public override bool CanRead => true;

        public override bool Detect(string path) => MixedTreeSource.IsMixed(path);

        public override IItemSource OpenSource(string path, ItemSourceOptions options) => MixedTreeSource.Open(path, options);
    }

    /// <summary>A tree that is only written.</summary>
    private sealed class TreeFormat(string id, string? extension, Func<ItemTargetOptions, ItemContent> content, Func<MapiItem, IReadOnlyList<ItemLoss>>? predict = null)
        : ItemFormat(id, extension is null ? [] : [extension])
    {
        public override bool CanWrite => true;

        public override IReadOnlyList<ItemLoss> Predict(MapiItem item) => predict is null ? base.Predict(item) : predict(item);

        public override IItemTarget OpenTarget(string path, ItemTargetOptions options) => TreeTarget.Open(path, content(options ?? new ItemTargetOptions()), options);
    }

    private sealed class CsvFormat() : ItemFormat("Csv", ".csv")
    {
        public override bool CanWrite => true;

        public override bool IsOneFile => true;

        public override IReadOnlyList<ItemLoss> Predict(MapiItem item) => CsvExport.Losses(item);

        public override IItemTarget OpenTarget(string path, ItemTargetOptions options) => CsvTarget.Open(path, options);
    }
}
