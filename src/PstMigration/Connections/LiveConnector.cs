using PstMigration.Commands;
using PstMigration.Errors;
using PstMigration.Mailboxes;

namespace PstMigration;

/// <summary>Signs in and connects to a live mailbox. All of it works, or nothing of it stays.</summary>
/// <param name="streams">Are told who signed in, what is not as it was asked for, and of waits.</param>
internal sealed class LiveConnector(CommandStreams streams)
{
    /// <param name="request">Who signs in, and how.</param>
    /// <param name="log">Takes a line for each request.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Mapi.MailDataException">What went wrong.</exception>
    internal async Task<MsMailbox> ConnectAsync(SignInRequest request, Action<string> log, CancellationToken cancellationToken)
    {
        SignInSession session = await MailboxSignIn.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        IMailbox? connection = null;
        try
        {
            connection = MailboxSignIn.Connect(session, request);
            using MailboxWaits waits = new(connection, streams);
            MailboxInfo info = await connection.GetInfoAsync(log, cancellationToken).ConfigureAwait(false);
            Tell(request, session);
            return new MsMailbox(connection, info, session);
        }
        catch
        {
            connection?.Dispose();
            session.Dispose();
            throw;
        }
    }

    private void Tell(SignInRequest request, SignInSession session)
    {
        string account = session.Info.Account;
        streams.Verbose(LocalText.Format(Strings.SignedIn, account, session.Info.Kind, string.Join(", ", session.Info.Scopes)));
        if (session.Refused.Count > 0)
        {
            streams.Warning(LocalText.Format(Strings.ScopesRefused, string.Join(", ", session.Refused)));
        }

        // Two addresses may be one mailbox, so this is no error; but it may as well be another person's.
        if (request.Account is string wanted && account.Length > 0 && !string.Equals(wanted, account, StringComparison.OrdinalIgnoreCase))
        {
            streams.Warning(LocalText.Format(Strings.SignedInAsOther, account, wanted));
        }
    }
}
