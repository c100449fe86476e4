namespace PstMigration.Mapi;

/// <summary>A file kept as an item ([MS-OXODOC]): the file is its attachment, its properties are repeated on the item.</summary>
public sealed record DocumentDetails : ItemDetails
{
    private static readonly PropertyName s_title = Named("Title");
    private static readonly PropertyName s_author = Named("Author");
    private static readonly PropertyName s_lastAuthor = Named("LastAuthor");
    private static readonly PropertyName s_company = Named("Company");
    private static readonly PropertyName s_comments = Named("Comments");
    private static readonly PropertyName s_program = Named("AppName");
    private static readonly PropertyName s_created = Named("CreateDtmRo");
    private static readonly PropertyName s_saved = Named("LastSaveDtm");
    private static readonly PropertyName s_pages = Named("PageCount");
    private static readonly PropertyName s_words = Named("WordCount");

    internal DocumentDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        FileName = item.Attachments.Select(a => a.Name).FirstOrDefault(n => n.Length > 0) ?? p.TextOrNull(PropertyTags.DisplayName) ?? Subject;
        Title = p.Text(s_title);
        Author = p.Text(s_author);
        LastAuthor = p.Text(s_lastAuthor);
        Company = p.Text(s_company);
        Comments = p.Text(s_comments);
        Program = p.Text(s_program);
        FileCreated = p.Date(s_created);
        FileSaved = p.Date(s_saved);
        PageCount = p.GetInt32(s_pages);
        WordCount = p.GetInt32(s_words);
    }

    /// <summary>The name of the file.</summary>
    public string FileName { get; }

    /// <summary>The title in the document.</summary>
    public string Title { get; }

    /// <summary>Who wrote it.</summary>
    public string Author { get; }

    /// <summary>Who saved it last.</summary>
    public string LastAuthor { get; }

    /// <summary>The company in the document.</summary>
    public string Company { get; }

    /// <summary>Comments in the document's properties.</summary>
    public string Comments { get; }

    /// <summary>The program that wrote it.</summary>
    public string Program { get; }

    /// <summary>When the document was made.</summary>
    public DateTimeOffset? FileCreated { get; }

    /// <summary>When the document was saved last.</summary>
    public DateTimeOffset? FileSaved { get; }

    /// <summary>Pages.</summary>
    public int? PageCount { get; }

    /// <summary>Words.</summary>
    public int? WordCount { get; }

    private static PropertyName Named(string name) => new(PropertySets.PublicStrings, name);
}
