using System;

namespace PstMigration.Mapi;

/// <summary>Something is wrong with mail data or where it lies. <see cref="Id"/> is stable; cmdlets use it as the error id.</summary>
public class MailDataException : Exception
{
    /// <summary>An error.</summary>
    /// <param name="id">A stable noun phrase in Pascal case, such as PstTruncated.</param>
    /// <param name="message">For people, in their language.</param>
    /// <param name="innerException">The cause.</param>
    public MailDataException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id ?? throw new ArgumentNullException(nameof(id));

    /// <summary>The stable id.</summary>
    public string Id { get; }
}
