namespace PstMigration.Mapi;

/// <summary>
/// A large value whose reading stops when a run does: whoever digests, encodes or writes it stops in the middle of it, without knowing of the run.
/// </summary>
/// <param name="source">The value.</param>
/// <param name="cancellationToken">The run's.</param>
public sealed class StoppableSource(BinarySource source, CancellationToken cancellationToken) : BinarySource
{
    /// <inheritdoc/>
    public override long? Length => source.Length;

    /// <inheritdoc/>
    public override ValueTask FetchAsync(CancellationToken cancellationToken) => source.FetchAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">From here and from reading: the run was stopped.</exception>
    public override Stream OpenRead()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new StoppableStream(source.OpenRead(), cancellationToken);
    }

    /// <inheritdoc/>
    public override long Measure(CancellationToken cancellationToken = default) => source.Length ?? base.Measure(cancellationToken);

    /// <summary>Makes all large values of an item stop with a run, those of the items in it too.</summary>
    /// <returns>The item itself where it has none; else another over the same values.</returns>
    public static MapiItem StopWith(MapiItem item, CancellationToken cancellationToken)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        bool isSmall = !HasSource(item.Properties) && item.Attachments.All(a => !a.HasEmbeddedItem && !HasSource(a.Properties));
        if (isSmall)
        {
            return item;
        }

        MapiItem copy = new(Replace(item.Properties, cancellationToken), item.Recipients, item.Attachments.Select(a => Replace(a, cancellationToken))) { IsAsCopied = item.IsAsCopied };
        foreach (ItemLoss loss in item.Losses)
        {
            copy.Losses.Add(loss);
        }

        return copy;
    }

    private static bool HasSource(PropertyBag properties)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
        {
            if (property.Value.Source is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static MapiAttachment Replace(MapiAttachment attachment, CancellationToken cancellationToken) => new(
        Replace(attachment.Properties, cancellationToken),
        attachment.HasEmbeddedItem ? () => StopWith(attachment.OpenEmbedded(), cancellationToken) : null,
        attachment.EmbeddedLength);

    private static PropertyBag Replace(PropertyBag properties, CancellationToken cancellationToken)
    {
        if (!HasSource(properties))
        {
            return properties;
        }

        PropertyBag copy = new(properties.Count);
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
        {
            copy[property.Key] = property.Value.With(s => new StoppableSource(s, cancellationToken));
        }

        return copy;
    }

    private sealed class StoppableStream(Stream stream, CancellationToken cancellationToken) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => stream.CanSeek;

        public override bool CanWrite => false;

        public override long Length => stream.Length;

        public override long Position
        {
            get => stream.Position;
            set => stream.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return stream.Read(buffer, offset, count);
        }

        public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stream.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
