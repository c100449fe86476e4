namespace PstMigration.Mapi;

/// <summary>Something is wrong with mail data or where it is stored.</summary>
public class MailDataException : Exception
{
    private readonly bool? _endsRun;

    /// <summary>An error.</summary>
    /// <param name="error">Which one.</param>
    /// <param name="message">For people, in their language.</param>
    /// <param name="innerException">The cause.</param>
    public MailDataException(ErrorId error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error ?? throw new ArgumentNullException(nameof(error));

    /// <summary>Which error it is.</summary>
    public ErrorId Error { get; }

    /// <summary>The stable name of the error.</summary>
    public string Id => Error.Name;

    /// <summary>Whether nothing more can be read or written after it, so that a run ends.</summary>
    public bool EndsRun
    {
        get => _endsRun ?? Error.EndsRun;
        init => _endsRun = value;
    }
}
