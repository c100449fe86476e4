using System.Diagnostics.CodeAnalysis;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The body of an answer that is read as it comes. Neither one that stops coming nor a stream that does not look at the token, as those of .NET Framework, holds the reader up: the read is
/// left behind, and ends when the stream is closed. After that the stream and the buffer given are of no more use. Whatever breaks it is an <see cref="IOException"/>.
/// </summary>
/// <param name="body">The body; owned from here on.</param>
/// <param name="patience">How long the service may let us wait for the next bytes.</param>
/// <param name="clock">The clock of the waits.</param>
[SuppressMessage("Performance", "CA1844", Justification = ".NET Framework has no such method to override.")]
internal sealed class PatientStream(Stream body, TimeSpan patience, TimeProvider clock) : ForwardStream(body)
{
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            Task<int> read = Source.ReadAsync(buffer, offset, count, cancellationToken);
            return await (read.IsCompleted ? read : read.WaitAsync(patience, clock, cancellationToken)).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new IOException(MailboxException.Format(Strings.NoAnswer, (int)patience.TotalSeconds), e);
        }
        catch (Exception e) when (e is not IOException && TransportFailure.Is(e, cancellationToken))
        {
            throw new IOException(e.Message, e);
        }
    }
}
