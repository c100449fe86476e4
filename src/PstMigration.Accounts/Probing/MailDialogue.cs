using System.Text;

namespace PstMigration.Accounts.Probing;

/// <summary>The few commands of POP, IMAP and SMTP that ask what a server offers. None of them names an account.</summary>
internal sealed class MailDialogue(MailProtocol protocol)
{
    private const int MaxLines = 500;
    private static readonly char[] s_blanks = [' ', '\t'];

    private string _greeting = "";
    private int _tag;

    /// <summary>Takes the greeting.</summary>
    /// <exception cref="InvalidDataException">It is none of this protocol.</exception>
    /// <exception cref="TurnedAwayException">It is a refusal of this protocol.</exception>
    public async Task ReadGreetingAsync(MailLineReader reader, CancellationToken cancellationToken)
    {
        _greeting = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        bool known = protocol switch
        {
            MailProtocol.Imap => Starts(_greeting, "* OK") || Starts(_greeting, "* PREAUTH"),
            MailProtocol.Pop => Starts(_greeting, "+OK"),
            _ => Starts(_greeting, "220"),
        };
        if (!known)
        {
            throw IsRefusal(_greeting) ? new TurnedAwayException(_greeting) : new InvalidDataException();
        }

        // 220- lines go on.
        string line = _greeting;
        for (int i = 0; protocol == MailProtocol.Smtp && Starts(line, "220-"); i++)
        {
            line = Within(i, await reader.ReadAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Asks what is offered.</summary>
    public Task<ServerOffer> AskAsync(Stream stream, MailLineReader reader, CancellationToken cancellationToken) => protocol switch
    {
        MailProtocol.Imap => AskImapAsync(stream, reader, cancellationToken),
        MailProtocol.Pop => AskPopAsync(stream, reader, cancellationToken),
        _ => AskSmtpAsync(stream, reader, cancellationToken),
    };

    /// <summary>Asks for TLS; false if refused.</summary>
    public async Task<bool> StartTlsAsync(Stream stream, MailLineReader reader, CancellationToken cancellationToken)
    {
        if (protocol == MailProtocol.Imap)
        {
            string tag = NextTag();
            await SendAsync(stream, tag + " STARTTLS", cancellationToken).ConfigureAwait(false);
            for (int i = 0; ; i++)
            {
                string line = Within(i, await reader.ReadAsync(cancellationToken).ConfigureAwait(false));
                if (Starts(line, tag + " "))
                {
                    return Starts(line, tag + " OK");
                }
            }
        }

        await SendAsync(stream, protocol == MailProtocol.Pop ? "STLS" : "STARTTLS", cancellationToken).ConfigureAwait(false);
        return Starts(await reader.ReadAsync(cancellationToken).ConfigureAwait(false), protocol == MailProtocol.Pop ? "+OK" : "220");
    }

    /// <summary>Says goodbye, as a polite program does, without waiting for the answer.</summary>
    public Task QuitAsync(Stream stream, CancellationToken cancellationToken) =>
        SendAsync(stream, protocol == MailProtocol.Imap ? NextTag() + " LOGOUT" : "QUIT", cancellationToken);

    private async Task<ServerOffer> AskImapAsync(Stream stream, MailLineReader reader, CancellationToken cancellationToken)
    {
        string tag = NextTag();
        await SendAsync(stream, tag + " CAPABILITY", cancellationToken).ConfigureAwait(false);
        List<string> words = [];
        for (int i = 0; ; i++)
        {
            string line = Within(i, await reader.ReadAsync(cancellationToken).ConfigureAwait(false));
            if (Starts(line, "* CAPABILITY "))
            {
                words.AddRange(line.Substring(13).Split(s_blanks, StringSplitOptions.RemoveEmptyEntries));
            }
            else if (Starts(line, tag + " "))
            {
                return ServerOffer.OfImap(words);
            }
            else if (!Starts(line, "*"))
            {
                throw new InvalidDataException();
            }
        }
    }

    private async Task<ServerOffer> AskPopAsync(Stream stream, MailLineReader reader, CancellationToken cancellationToken)
    {
        await SendAsync(stream, "CAPA", cancellationToken).ConfigureAwait(false);
        string first = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!Starts(first, "+OK"))
        {
            return Starts(first, "-ERR") ? ServerOffer.OfPop(null, _greeting) : throw new InvalidDataException();
        }

        List<string> lines = [];
        for (string line = ""; line != ".";)
        {
            line = Within(lines.Count, await reader.ReadAsync(cancellationToken).ConfigureAwait(false));
            lines.Add(line);
        }

        return ServerOffer.OfPop(lines, _greeting);
    }

    private static async Task<ServerOffer> AskSmtpAsync(Stream stream, MailLineReader reader, CancellationToken cancellationToken)
    {
        // An address literal: the name of this PC is nobody's business.
        await SendAsync(stream, "EHLO [127.0.0.1]", cancellationToken).ConfigureAwait(false);
        List<string> lines = [];
        string line;
        do
        {
            line = Within(lines.Count, await reader.ReadAsync(cancellationToken).ConfigureAwait(false));
            if (!Starts(line, "250") || line.Length < 4)
            {
                return lines.Count == 0 && Starts(line, "5") ? ServerOffer.OfSmtp([]) : line == "250" ? ServerOffer.OfSmtp(lines) : throw new InvalidDataException();
            }

            lines.Add(line.Substring(4));
        }
        while (line[3] == '-');
        return ServerOffer.OfSmtp(lines);
    }

    // RFC 9051 7.1.5, RFC 1939 3, RFC 5321 3.1: the greeting of a server that will not serve this client.
    private bool IsRefusal(string greeting) => protocol switch
    {
        MailProtocol.Imap => Starts(greeting, "* BYE"),
        MailProtocol.Pop => Starts(greeting, "-ERR"),
        _ => greeting.Length >= 4 && greeting[0] is '4' or '5' && char.IsDigit(greeting[1]) && char.IsDigit(greeting[2]) && greeting[3] is ' ' or '-',
    };

    private string NextTag() => "p" + (++_tag).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Within(int count, string line) => count < MaxLines ? line : throw new InvalidDataException();

    private static bool Starts(string line, string prefix) => line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static async Task SendAsync(Stream stream, string command, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(command + "\r\n");
        await stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
