using System.Text;

namespace PstMigration.Accounts.Thunderbird;

/// <summary>Lines of a text whose length nobody vouches for.</summary>
internal sealed class LimitedLines(TextReader reader, int maxLength)
{
    private readonly char[] _buffer = new char[4096];
    private int _next;
    private int _count;

    /// <summary>The next line; false at the end. A line longer than the limit is null: it is passed over, not kept.</summary>
    public bool Next(out string? line)
    {
        StringBuilder text = new();
        bool any = false;
        bool tooLong = false;
        while (true)
        {
            if (_next == _count)
            {
                _next = 0;
                _count = reader.Read(_buffer, 0, _buffer.Length);
                if (_count == 0)
                {
                    break;
                }
            }

            char c = _buffer[_next++];
            any = true;
            if (c == '\n')
            {
                break;
            }

            tooLong |= text.Length == maxLength;
            if (!tooLong)
            {
                text.Append(c);
            }
        }

        line = tooLong ? null : text.ToString();
        return any;
    }
}
