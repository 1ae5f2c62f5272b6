package io.marketpipeline.local.cloudformation.template;

/** A template that is refused, with the sentence that AWS answers. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates it with what is wrong, naming the element. */
    public TemplateException(String message) {
        super(message);
    }

    /** What is wrong, for a person; never null. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
