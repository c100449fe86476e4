namespace PstMigration.Accounts.Registry;

/// <summary>
/// Characters one at a time, with the number of the line. Its buffer is its own, so that characters of values that are passed over
/// are nowhere once the next part is read, and is cleared at the end.
/// </summary>
internal sealed class CharReader(TextReader reader) : IDisposable
{
    /// <summary>There are no more characters.</summary>
    public const int End = -1;

    private readonly char[] _buffer = new char[4096];
    private int _next;
    private int _count;

    /// <summary>The line of the next character, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The next character without taking it.</summary>
    public int Peek()
    {
        if (_next == _count)
        {
            _next = 0;
            _count = reader.Read(_buffer, 0, _buffer.Length);
        }

        return _count == 0 ? End : _buffer[_next];
    }

    /// <summary>Takes the next character.</summary>
    public int Read()
    {
        int c = Peek();
        if (c != End)
        {
            _next++;
            Line += c == '\n' ? 1 : 0;
        }

        return c;
    }

    /// <summary>Passes over spaces and tabs.</summary>
    public void SkipBlanks()
    {
        while (Peek() is ' ' or '\t')
        {
            Read();
        }
    }

    /// <summary>Passes over the rest of the line and its end.</summary>
    public void SkipLine()
    {
        int c;
        do
        {
            c = Read();
        }
        while (c is not ('\n' or End));
    }

    /// <inheritdoc/>
    public void Dispose() => Array.Clear(_buffer, 0, _buffer.Length);
}
